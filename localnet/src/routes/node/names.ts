import { validateStacksAddress } from '@stacks/transactions';
import { CLARITY_NAME, isPrincipal } from '../../worker/principal.js';
import { NodeRefusal, undecodable } from './reply.js';
import { capture, type NodeRequest } from './request.js';

/** The contract of a path. Its address is checked; whether there is such a contract is not. */
export function contractIdOf(request: NodeRequest, address = 'address', contract = 'contract'): string {
  const text = capture(request, address);
  if (!validateStacksAddress(text)) throw new NodeRefusal(400, `Failed to decode \`${address}\``);
  return `${text}.${capture(request, contract)}`;
}

/** The function, variable, map or constant of a path; `what` is its name in the node's own texts. */
export function clarityNameOf(request: NodeRequest, what: string): string {
  const name = capture(request, 'member');
  if (!CLARITY_NAME.test(name)) throw new NodeRefusal(400, `Failed to decode \`${what}\``);
  return name;
}

export function principalOf(request: NodeRequest): string {
  const principal = capture(request, 'principal');
  const [address = ''] = principal.split('.');
  if (!validateStacksAddress(address)) throw undecodable('Failed to parse `principal` field');
  return principal;
}

/** A principal of a request's body. */
export function assertSender(text: unknown, what: 'sender' | 'sponsor'): string {
  if (typeof text !== 'string' || !isPrincipal(text)) throw undecodable(`Failed to parse ${what} principal`);
  return text;
}
