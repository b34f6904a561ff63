import { type ClarityAbi, deserializeCV } from '@stacks/transactions';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { Chain } from '../chain/chain.js';
import { isPrincipal } from '../worker/principal.js';
import type { ReadReply } from '../worker/protocol.js';

/** Checked here, as simnet panics on bytes that are no Clarity value. */
const VALUE_HEX = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2})+$/)
  .refine(isClarityValue, { error: 'expected the hex of a Clarity value' });
const CALL_READ_BODY = z.object({
  sender: z.string(),
  sponsor: z.string().nullish(),
  arguments: z.array(VALUE_HEX),
});

const NONE_HEX = '0x09';

export function addContractRoutes(app: Hono, chain: Chain): void {
  app.post('/v2/contracts/call-read/:address/:contract/:function', async (c) => {
    const body = CALL_READ_BODY.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return c.text(`Failed to parse body: ${z.prettifyError(body.error)}`, 400);
    const { sender, arguments: argumentHexes } = body.data;
    if (!isPrincipal(sender)) return c.text(`Failed to parse sender principal "${sender}"`, 400);
    const found = await findContract(c, chain);
    if (found === null) return refuse(c, `Unchecked(NoSuchContract("${contractIdOf(c)}"))`);
    const functionName = c.req.param('function');
    const access = found.abi.functions.find(({ name }) => name === functionName)?.access;
    if (access === undefined) return refuse(c, `Unchecked(UndefinedFunction("${functionName}"))`);
    if (access !== 'read_only') return refuse(c, 'NotReadOnly');
    if (sender.includes('.')) {
      return refuse(
        c,
        `ContractSender: this node reads as plain addresses only, not as the contract ${sender}`,
      );
    }
    const reply = await chain.simnet.ask('call-read', {
      contractId: found.contractId,
      functionName,
      argumentHexes,
      sender,
      limited: true,
    });
    return reply.ok ? c.json({ okay: true, result: reply.hex }) : refuse(c, reply.cause);
  });

  app.post('/v2/map_entry/:address/:contract/:map', async (c) => {
    const key = VALUE_HEX.safeParse(await c.req.json().catch(() => undefined));
    if (!key.success) return c.text('Failed to parse body: expected the key as a JSON string of 0x hex', 400);
    const mapName = c.req.param('map');
    const found = await findContract(c, chain);
    if (found === null || !found.abi.maps.some(({ name }) => name === mapName))
      return c.text('Map not found', 404);
    const { contractId } = found;
    const reply = await chain.simnet.ask('map-entry', { contractId, mapName, keyHex: key.data });
    if (reply.ok) return data(c, reply.hex);
    // Simnet has the same words for a key that is not there.
    return reply.cause.includes('value not found') ? data(c, NONE_HEX) : c.text(reply.cause, 400);
  });

  app.get('/v2/data_var/:address/:contract/:variable', async (c) => {
    const variableName = c.req.param('variable');
    const found = await findVariable(c, chain, variableName, 'variable');
    if (found === null) return c.text('Data var not found', 404);
    return value(c, await chain.simnet.ask('data-var', { contractId: found, variableName }));
  });

  app.get('/v2/constant_val/:address/:contract/:constant', async (c) => {
    const constantName = c.req.param('constant');
    const found = await findVariable(c, chain, constantName, 'constant');
    if (found === null) return c.text('Constant not found', 404);
    return value(c, await chain.simnet.ask('constant', { contractId: found, constantName }));
  });

  app.get('/v2/contracts/interface/:address/:contract', async (c) => {
    const found = await findContract(c, chain);
    return found === null ? c.text('No contract interface data found', 404) : c.json(found.abi);
  });

  app.get('/v2/contracts/source/:address/:contract', async (c) => {
    const found = await findContract(c, chain);
    const contractId = contractIdOf(c);
    const source = found === null ? null : await chain.simnet.ask('source', { contractId });
    if (source === null) return c.text('No contract source data found', 404);
    return c.json({ source, publish_height: chain.ledger.publishHeight(contractId) ?? 1, ...proof(c) });
  });
}

function isClarityValue(hex: string): boolean {
  try {
    deserializeCV(hex);
    return true;
  } catch {
    return false;
  }
}

function contractIdOf(c: Context): string {
  return `${c.req.param('address')}.${c.req.param('contract')}`;
}

async function findContract(
  c: Context,
  chain: Chain,
): Promise<{ contractId: string; abi: ClarityAbi } | null> {
  const contractId = contractIdOf(c);
  if (!isPrincipal(contractId)) return null;
  const abi = await chain.contracts.abi(contractId);
  return abi === null ? null : { contractId, abi };
}

async function findVariable(c: Context, chain: Chain, name: string, access: string): Promise<string | null> {
  const found = await findContract(c, chain);
  const isThere = found?.abi.variables.some(
    (variable) => variable.name === name && variable.access === access,
  );
  return isThere === true && found !== null ? found.contractId : null;
}

function refuse(c: Context, cause: string) {
  return c.json({ okay: false, cause });
}

function value(c: Context, reply: ReadReply) {
  return reply.ok ? data(c, reply.hex) : c.text(reply.cause, 400);
}

function data(c: Context, hex: string) {
  return c.json({ data: hex.startsWith('0x') ? hex : `0x${hex}`, ...proof(c) });
}

function proof(c: Context) {
  return c.req.query('proof') === '0' ? {} : { proof: '' };
}
