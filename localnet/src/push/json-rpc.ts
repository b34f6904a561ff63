import { z } from 'zod';

/** What a method answers: its result, or an error of JSON-RPC 2.0. */
export type RpcReply = { readonly result: unknown } | { readonly error: RpcError };

export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: string | undefined;
}

export type RpcMethod = (method: string, params: unknown) => RpcReply;

/** More requests in one message than any client sends at once. */
const MAX_BATCH = 100;

const ID = z.union([z.string(), z.number().int(), z.null()]);
const REQUEST = z.object({
  jsonrpc: z.literal('2.0'),
  id: ID,
  method: z.string(),
  params: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).optional(),
});
const NOTIFICATION = REQUEST.omit({ id: true });

/** Answers one message of JSON-RPC 2.0, a batch with a batch; null where the protocol demands silence. */
export function answerRpc(text: string, call: RpcMethod): string | null {
  const message = parseJson(text);
  if (message === undefined) return JSON.stringify(errorOf(null, parseError('expected JSON')));
  if (!Array.isArray(message)) {
    const answer = answerOne(message, call);
    return answer === null ? null : JSON.stringify(answer);
  }
  if (message.length === 0 || message.length > MAX_BATCH) {
    return JSON.stringify(errorOf(null, invalidRequest(`expected 1 to ${MAX_BATCH} requests in a batch`)));
  }
  const answers = message.map((item) => answerOne(item, call)).filter((answer) => answer !== null);
  return answers.length === 0 ? null : JSON.stringify(answers);
}

export function parseError(data: string): RpcError {
  return { code: -32700, message: 'Parse error', data };
}

export function invalidRequest(data: string): RpcError {
  return { code: -32600, message: 'Invalid request', data };
}

export function methodNotFound(): RpcError {
  return { code: -32601, message: 'Method not found' };
}

export function invalidParams(data: string): RpcError {
  return { code: -32602, message: 'Invalid params', data };
}

export function errorOf(id: z.infer<typeof ID>, error: RpcError): object {
  return { jsonrpc: '2.0', id, error };
}

function answerOne(message: unknown, call: RpcMethod): object | null {
  const request = REQUEST.safeParse(message);
  if (request.success) {
    const { id, method, params } = request.data;
    const reply = call(method, params);
    return 'error' in reply ? errorOf(id, reply.error) : { jsonrpc: '2.0', id, result: reply.result };
  }
  const hasId = typeof message === 'object' && message !== null && 'id' in message;
  if (!hasId && NOTIFICATION.safeParse(message).success) return null;
  const id = ID.safeParse(hasId ? message.id : null);
  return errorOf(
    id.success ? id.data : null,
    invalidRequest('expected {"jsonrpc": "2.0", "id", "method", "params"}'),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
