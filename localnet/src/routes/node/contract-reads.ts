import { z } from 'zod';
import type { Chain } from '../../chain/chain.js';
import { assertAuthorized } from './authorization.js';
import { parseClarityHex } from './clarity-hex.js';
import { assertSender, clarityNameOf, contractIdOf } from './names.js';
import { CLARITY_MEMBER, CONTRACT } from './patterns.js';
import { json, NodeRefusal, type NodeReply, undecodable } from './reply.js';
import { type NodeRequest, readJson } from './request.js';
import type { NodeRoute } from './router.js';
import { assertTip } from './tip.js';
import { vmCause } from './vm-cause.js';

/** Unknown fields are not looked at, as in the node. */
const BODY = z.object({
  sender: z.string(),
  sponsor: z.string().nullish(),
  arguments: z.array(z.string()),
});

/** `/v3/contracts/fast-call-read` is the same read without the limits of its cost. */
export function contractReadRoutes(chain: Chain, authToken: string | undefined): readonly NodeRoute[] {
  return [
    {
      verb: 'POST',
      path: `/v2/contracts/call-read/${CONTRACT}/${CLARITY_MEMBER}`,
      handle: (request) => callRead(chain, request, true),
    },
    {
      verb: 'POST',
      path: `/v3/contracts/fast-call-read/${CONTRACT}/${CLARITY_MEMBER}`,
      handle(request) {
        assertAuthorized(request, authToken);
        return callRead(chain, request, false);
      },
    },
  ];
}

async function callRead(chain: Chain, request: NodeRequest, limited: boolean): Promise<NodeReply> {
  const parsed = readJson(request, limited ? 'CallReadOnly' : 'FastCallReadOnly');
  const contractId = contractIdOf(request);
  const functionName = clarityNameOf(request, 'function');
  const body = BODY.safeParse(parsed);
  if (!body.success) throw undecodable(`Failed to parse JSON body: ${z.prettifyError(body.error)}`);
  const sender = assertSender(body.data.sender, 'sender');
  if (typeof body.data.sponsor === 'string') assertSender(body.data.sponsor, 'sponsor');
  const argumentHexes = body.data.arguments.map((hex) =>
    parseClarityHex(hex, 'Failed to deserialize argument value'),
  );
  assertTip(chain, request);

  const abi = await chain.contracts.abi(contractId);
  if (abi === null) return refuse(`RuntimeCheck(NoSuchContract("${contractId}"))`);
  const access = abi.functions.find(({ name }) => name === functionName)?.access;
  if (access === undefined) return refuse(`RuntimeCheck(UndefinedFunction("${functionName}"))`);
  if (access === 'private')
    return refuse(`RuntimeCheck(NoSuchPublicFunction("${contractId}", "${functionName}"))`);
  if (sender.includes('.')) {
    return refuse(`ContractSender: this node reads as plain addresses only, not as the contract ${sender}`);
  }
  const read = { contractId, functionName, argumentHexes, sender, access, limited };
  const reply = await chain.simnet.ask('call-read', read);
  if (reply.ok) return json({ okay: true, result: reply.hex });
  if (reply.cause.startsWith('CostBalanceExceeded')) throw new NodeRefusal(400, 'Execution budget exceeded');
  return refuse(vmCause(reply.cause));
}

function refuse(cause: string): NodeReply {
  return json({ okay: false, cause });
}
