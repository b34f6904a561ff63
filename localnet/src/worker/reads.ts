import { ClarityType, type ClarityValue, deserializeCV } from '@stacks/transactions';
import { snippetOfConstant } from './constants.js';
import { exceeds, isOverBudget, READ_LIMIT } from './execution-cost.js';
import { hexToBytes } from './hex.js';
import type { AccountState, ExecutionCost, ReadReply, Requests } from './protocol.js';
import type { Simnet, SimnetResult } from './simnet.js';
import type { Timeline } from './timeline.js';

/** The sender a read runs as where it does not matter: the boot address of testnets. */
const NOBODY = 'ST000000000000000000002AMW42H';

export function readAccount(timeline: Timeline, { principal }: Requests['account']): AccountState {
  const { resultHex } = timeline.read((simnet) => simnet.execute(`(stx-account '${principal})`, NOBODY));
  const account = deserializeCV(resultHex);
  if (account.type !== ClarityType.Tuple) throw new Error('stx-account gave no tuple');
  const field = (name: string) => uintOf(account.value[name]);
  return {
    balanceUstx: field('unlocked') + field('locked'),
    lockedUstx: field('locked'),
    unlockHeight: Number(field('unlock-height')),
  };
}

export function callReadOnly(timeline: Timeline, body: Requests['call-read']): ReadReply {
  const args = body.argumentHexes.map(hexToBytes);
  const { contractId, functionName, sender, limited } = body;
  if (body.access === 'public') return callPublicWithoutWriting(timeline, body, args);
  try {
    const result = timeline.read((simnet) => simnet.callReadOnly(contractId, functionName, args, sender));
    return limited ? withinLimit(result) : { ok: true, hex: result.resultHex };
  } catch (error) {
    const cause = String(error);
    return { ok: false, cause: limited && isOverBudget(cause) ? 'CostBalanceExceeded' : cause };
  }
}

/** As the node does: any write is over the limit of a read, which is none. */
function callPublicWithoutWriting(
  timeline: Timeline,
  { contractId, functionName, sender, limited }: Requests['call-read'],
  args: Uint8Array[],
): ReadReply {
  if (!timeline.canRestore) return { ok: false, cause: 'NotReadOnly' };
  timeline.prepareUndo();
  const result = timeline.probe({ kind: 'call', contractId, functionName, args, sender });
  if (result.kind !== 'done') return { ok: false, cause: result.message };
  if (result.cost.writeCount > 0) return { ok: false, cause: 'NotReadOnly' };
  return limited ? withinLimit(result) : { ok: true, hex: result.resultHex };
}

function withinLimit({ resultHex, cost }: SimnetResult): ReadReply {
  if (!exceeds(cost, READ_LIMIT)) return { ok: true, hex: resultHex };
  return { ok: false, cause: `CostBalanceExceeded(${describe(cost)}, ${describe(READ_LIMIT)})` };
}

function describe({ writeLength, writeCount, readLength, readCount, runtime }: ExecutionCost): string {
  return `ExecutionCost { write_length: ${writeLength}, write_count: ${writeCount}, read_length: ${readLength}, read_count: ${readCount}, runtime: ${runtime} }`;
}

export function readMapEntry(timeline: Timeline, body: Requests['map-entry']): ReadReply {
  return reply(timeline, (simnet) => simnet.mapEntry(body.contractId, body.mapName, hexToBytes(body.keyHex)));
}

export function readDataVar(timeline: Timeline, body: Requests['data-var']): ReadReply {
  return reply(timeline, (simnet) => simnet.dataVar(body.contractId, body.variableName));
}

export function readConstant(timeline: Timeline, body: Requests['constant']): ReadReply {
  return reply(timeline, (simnet) => {
    const snippet = snippetOfConstant(simnet.contractSource(body.contractId) ?? '', body.constantName);
    const [deployer = NOBODY] = body.contractId.split('.');
    return simnet.execute(snippet, deployer).resultHex;
  });
}

function reply(timeline: Timeline, look: (simnet: Simnet) => string): ReadReply {
  try {
    return { ok: true, hex: timeline.read(look) };
  } catch (error) {
    return { ok: false, cause: String(error) };
  }
}

function uintOf(value: ClarityValue | undefined): bigint {
  if (value?.type !== ClarityType.UInt) throw new Error('expected a uint from simnet');
  return BigInt(value.value);
}
