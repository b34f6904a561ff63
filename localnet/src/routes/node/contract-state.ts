import type { ClarityAbi } from '@stacks/transactions';
import type { Chain } from '../../chain/chain.js';
import type { ReadReply } from '../../worker/protocol.js';
import { prefixed } from '../prefixed-hex.js';
import { parseClarityHex } from './clarity-hex.js';
import { clarityNameOf, contractIdOf } from './names.js';
import { CLARITY_MEMBER, CONTRACT } from './patterns.js';
import { EMPTY_PROOF } from './proof.js';
import { json, type NodeReply, notFound, undecodable } from './reply.js';
import { type NodeRequest, readJson, wantsProof } from './request.js';
import type { NodeRoute } from './router.js';
import { assertTip } from './tip.js';

const NONE_HEX = '0x09';
/** Twice the largest serialized value, in hex digits. */
const MAX_KEY_BODY_BYTES = 4 * 1024 * 1024;

export function contractStateRoutes(chain: Chain): readonly NodeRoute[] {
  return [
    {
      verb: 'POST',
      path: `/v2/map_entry/${CONTRACT}/${CLARITY_MEMBER}`,
      handle: (request) => readMapEntry(chain, request),
    },
    {
      verb: 'GET',
      path: `/v2/data_var/${CONTRACT}/${CLARITY_MEMBER}`,
      async handle(request) {
        const contractId = contractIdOf(request);
        const variableName = clarityNameOf(request, 'varname');
        assertTip(chain, request);
        const abi = await chain.contracts.abi(contractId);
        if (!hasVariable(abi, variableName, 'variable')) return notFound('Data var not found');
        const reply = await chain.simnet.ask('data-var', { contractId, variableName });
        return found(reply, request) ?? notFound('Data var not found');
      },
    },
    {
      verb: 'GET',
      path: `/v2/constant_val/${CONTRACT}/${CLARITY_MEMBER}`,
      async handle(request) {
        const contractId = contractIdOf(request);
        const constantName = clarityNameOf(request, 'constname');
        assertTip(chain, request);
        const abi = await chain.contracts.abi(contractId);
        if (!hasVariable(abi, constantName, 'constant')) return notFound('Constant not found');
        const reply = await chain.simnet.ask('constant', { contractId, constantName });
        return reply.ok ? json({ data: prefixed(reply.hex) }) : notFound('Constant not found');
      },
    },
  ];
}

/** The node looks the key up by its hash, so whatever is not there is none: key, map and contract alike. */
async function readMapEntry(chain: Chain, request: NodeRequest): Promise<NodeReply> {
  const length = request.body.byteLength;
  if (length >= MAX_KEY_BODY_BYTES) {
    throw undecodable(`Invalid Http request: invalid body length for GetMapEntry (${length})`);
  }
  const key = readJson(request, 'GetMapEntry');
  const contractId = contractIdOf(request);
  const mapName = clarityNameOf(request, 'map');
  if (typeof key !== 'string') throw undecodable('Failed to parse JSON body: expected a string');
  const keyHex = parseClarityHex(key, 'Failed to deserialize key value');
  assertTip(chain, request);
  const abi = await chain.contracts.abi(contractId);
  const isThere = abi?.maps.some(({ name }) => name === mapName) === true;
  const reply = isThere ? await chain.simnet.ask('map-entry', { contractId, mapName, keyHex }) : undefined;
  return data(reply?.ok === true ? reply.hex : NONE_HEX, request);
}

function hasVariable(abi: ClarityAbi | null, name: string, access: string): boolean {
  return abi?.variables.some((variable) => variable.name === name && variable.access === access) === true;
}

function found(reply: ReadReply, request: NodeRequest): NodeReply | null {
  return reply.ok ? data(reply.hex, request) : null;
}

function data(hex: string, request: NodeRequest): NodeReply {
  return json({ data: prefixed(hex), ...(wantsProof(request) ? { proof: EMPTY_PROOF } : {}) });
}
