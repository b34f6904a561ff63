import type { ClarityValue } from '@stacks/transactions';
import { expect } from 'vitest';
import { type AbiType, decode, encode, type Plain } from './clarity.js';
import { assertErrorName, CONTRACTS, type Contract, type ErrorName } from './contract-errors.js';

export type Fields = { readonly [key: string]: Plain };

export interface Transfer {
  readonly amount: bigint;
  readonly from: string;
  readonly to: string;
}

/** What a public call did: its result, what it printed, and the uSTX it moved. */
export interface Outcome {
  readonly result: { readonly ok?: Plain; readonly err?: Plain };
  readonly prints: readonly Fields[];
  readonly transfers: readonly Transfer[];
}

export interface AbiFunction {
  readonly name: string;
  readonly access: 'public' | 'read_only' | 'private';
  readonly args: readonly { readonly name: string; readonly type: AbiType }[];
}

/** The principal of an account of settings/Devnet.toml. */
export function account(name: string): string {
  const principal = simnet.getAccounts().get(name);
  if (principal === undefined) throw new Error(`no account ${name}`);
  return principal;
}

/** The principal of one of our contracts by its short name, or of a contract a test deployed. */
export function contractId(name: Contract | (string & {})): string {
  return `${account('deployer')}.${name in CONTRACTS ? CONTRACTS[name as Contract] : name}`;
}

const interfaces = new Map<string, readonly AbiFunction[]>();

/** The functions of a contract. */
export function functionsOf(contract: Contract): readonly AbiFunction[] {
  if (interfaces.size === 0) {
    for (const [id, abi] of simnet.getContractsInterfaces()) {
      interfaces.set(id, abi.functions as unknown as AbiFunction[]);
    }
  }
  return interfaces.get(contractId(contract)) ?? [];
}

/** The Clarity values of the arguments of a function of ours. */
export function argsOf(contract: Contract, name: string, args: readonly Plain[]): ClarityValue[] {
  const found = functionsOf(contract).find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`${contract} has no function ${name}`);
  if (found.args.length !== args.length) {
    throw new Error(`${name} takes ${found.args.length} arguments, not ${args.length}`);
  }
  return found.args.map(({ type }, i) => encode(args[i] as Plain, type));
}

/** Calls a public function of ours in a block of its own. */
export function call(contract: Contract, name: string, args: readonly Plain[], by: string): Outcome {
  return outcomeOf(simnet.callPublicFn(contractId(contract), name, argsOf(contract, name, args), by));
}

/** Calls public functions of ours in one block, in this order. */
export function mineTogether(
  calls: readonly (readonly [contract: Contract, name: string, args: readonly Plain[], by: string])[],
): Outcome[] {
  const transactions = calls.map(([contract, name, args, by]) => ({
    callPublicFn: {
      contract: contractId(contract),
      method: name,
      args: argsOf(contract, name, args),
      sender: by,
    },
  }));
  return simnet.mineBlock(transactions as Parameters<typeof simnet.mineBlock>[0]).map(outcomeOf);
}

/** Reads with a read-only function of ours. */
export function read(contract: Contract, name: string, ...args: readonly Plain[]): Plain {
  const deployer = account('deployer');
  return decode(
    simnet.callReadOnlyFn(contractId(contract), name, argsOf(contract, name, args), deployer).result,
  );
}

/** Calls a contract that a test deployed. */
export function callDeployed(name: string, fn: string, args: readonly ClarityValue[], by: string): Outcome {
  return outcomeOf(simnet.callPublicFn(contractId(name), fn, [...args], by));
}

/** Deploys a contract for one test. The SDK's types of Clarity versions end below 6, hence the `as`. */
export function deploy(name: string, source: string, clarityVersion: 4 | 5 | 6 = 6): string {
  simnet.deployContract(name, source, { clarityVersion: clarityVersion as 4 }, account('deployer'));
  return contractId(name);
}

/** Plain data of what simnet answers to a call or to a transaction of a block. */
export function outcomeOf({ result, events }: ReturnType<typeof simnet.callPublicFn>): Outcome {
  return {
    result: decode(result) as Outcome['result'],
    prints: events
      .filter(({ event }) => event === 'print_event')
      .map(({ data }) => decode(data.value as ClarityValue) as Fields),
    transfers: events
      .filter(({ event }) => event === 'stx_transfer_event')
      .map(({ data }) => ({
        amount: BigInt(data.amount as string),
        from: data.sender as string,
        to: data.recipient as string,
      })),
  };
}

/** The value of a call that succeeded. */
export function expectOk(outcome: Outcome): Plain {
  expect(outcome.result).toHaveProperty('ok');
  return outcome.result.ok as Plain;
}

/** Expects a refusal by name that left no event. */
export function expectErr(outcome: Outcome, name: ErrorName): void {
  assertErrorName(name);
  expect(outcome).toEqual({ result: { err: name }, prints: [], transfers: [] });
}

/** uSTX of an account or contract. */
export function balanceOf(principal: string): bigint {
  return simnet.getAssetsMap().get('STX')?.get(principal) ?? 0n;
}
