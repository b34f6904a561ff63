import type { PreparedCall } from '../tx/prepared-call.js';
import type { Receipt } from '../tx/receipt.js';
import type { SubmitOptions } from './submit.js';

/** How long to wait for a transaction. */
export interface WaitOptions {
  /** Longest wait, in milliseconds. @default 120_000 */
  readonly timeoutMs?: number | undefined;
  /** Time between two questions, in milliseconds. @default the client's */
  readonly pollMs?: number | undefined;
  /** Ends the wait; the promise rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What a caller may set for a call that is signed, sent and waited for. */
export interface CallOptions extends SubmitOptions, WaitOptions {}

/** Signs, sends, and waits until the call is mined. */
export type Run = <Ok>(call: PreparedCall<Ok>, options?: CallOptions) => Promise<Receipt<Ok>>;

type AnyPrepare = (...args: never[]) => PreparedCall;

/** An object of ways to prepare a call. */
export type Preparing<Prepares> = { readonly [K in keyof Prepares]: AnyPrepare };

/** For each way to prepare a call, the way to make it. */
export type CallMethods<Prepares> = {
  readonly [K in keyof Prepares]: Prepares[K] extends (...args: infer Args) => PreparedCall<infer Ok>
    ? (...args: [...Args, options?: CallOptions]) => Promise<Receipt<Ok>>
    : never;
};

/** Makes a signed call of each prepared one: its arguments, then options. */
export const makeCallMethods = <Prepares extends Preparing<Prepares>>(
  prepares: Prepares,
  run: Run,
): CallMethods<Prepares> => {
  const methods = Object.entries<AnyPrepare>(prepares).map(([name, prepare]) => {
    // Every prepare takes one object, or nothing; the mapped type above keeps its real argument.
    const call = async (args: never, options?: CallOptions) => run(prepare(args), options);
    return [name, call];
  });
  return Object.fromEntries(methods) as CallMethods<Prepares>;
};
