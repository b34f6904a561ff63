import { describe, expect } from 'vitest';
import { itReads } from './case.js';
import { expectText, fetchShaped, get, postJson, shaped } from './http.js';
import { CALL_RESULT, CLARITY_DATA, CONSTANT, INTERFACE, SOURCE } from './schemas/contracts.js';
import type { TargetFacts } from './target.js';

const at = ({ contract: { address, name } }: TargetFacts, kind: string, member = '') =>
  `/v2/${kind}/${address}/${name}${member === '' ? '' : `/${member}`}`;
const nowhere = ({ contract: { address } }: TargetFacts, kind: string, member = '') =>
  `/v2/${kind}/${address}/nobody-deployed-this${member === '' ? '' : `/${member}`}`;

describe('a contract', () => {
  itReads('has an interface', async (target) => {
    const abi = await fetchShaped(target, at(target, 'contracts/interface'), INTERFACE);
    const access = abi.functions.find(({ name }) => name === target.contract.readOnly)?.access;
    expect(access).toBe('read_only');
  });

  itReads('has a source', async (target) => {
    const source = await fetchShaped(target, `${at(target, 'contracts/source')}?proof=0`, SOURCE);
    expect(source.source).toContain(target.contract.readOnly);
    expect(source).not.toHaveProperty('proof');
    expect(await fetchShaped(target, at(target, 'contracts/source'), SOURCE)).toHaveProperty('proof');
  });

  itReads('has neither when it is not there', async (target) => {
    expectText(
      await get(target, nowhere(target, 'contracts/interface')),
      404,
      'No contract interface data found',
    );
    expectText(await get(target, nowhere(target, 'contracts/source')), 404, 'No contract source data found');
  });
});

describe('the state of a contract', () => {
  itReads('is its data vars', async (target) => {
    const path = at(target, 'data_var', target.contract.variable);
    expect(await fetchShaped(target, `${path}?proof=0`, CLARITY_DATA)).not.toHaveProperty('proof');
    expect(await fetchShaped(target, path, CLARITY_DATA)).toHaveProperty('proof');
  });

  itReads('has no data var of another name', async (target) => {
    for (const path of [at(target, 'data_var', 'nothing'), nowhere(target, 'data_var', 'nothing')]) {
      expectText(await get(target, path), 404, 'Data var not found');
    }
  });

  itReads('is its constants', async (target) => {
    await fetchShaped(target, at(target, 'constant_val', target.contract.constant), CONSTANT);
    expectText(await get(target, at(target, 'constant_val', 'nothing')), 404, 'Constant not found');
  });

  itReads('is its map entries: some, or none', async (target) => {
    const path = at(target, 'map_entry', target.contract.map);
    const { data } = shaped(await postJson(target, `${path}?proof=0`, target.contract.keyHex), CLARITY_DATA);
    expect(data).toMatch(/^0x(09|0a)/);
  });

  itReads('has none in a map that is not there', async (target) => {
    for (const path of [at(target, 'map_entry', 'nothing'), nowhere(target, 'map_entry', 'nothing')]) {
      const answer = await postJson(target, `${path}?proof=0`, target.contract.keyHex);
      expect(shaped(answer, CLARITY_DATA)).toEqual({ data: '0x09' });
    }
  });

  itReads('has no entry for what is no Clarity value', async (target) => {
    const path = at(target, 'map_entry', target.contract.map);
    for (const key of ['zz', '0xff', 7, null, {}]) expectText(await postJson(target, path, key), 400);
  });
});

describe('POST /v2/contracts/call-read', () => {
  const read = (target: TargetFacts, member: string, body: unknown) =>
    postJson(target, at(target, 'contracts/call-read', member), body);

  itReads('calls a read-only function', async (target) => {
    const body = { sender: target.contract.address, arguments: [] };
    expect(shaped(await read(target, target.contract.readOnly, body), CALL_RESULT).okay).toBe(true);
  });

  itReads('says why it cannot, and answers 200', async (target) => {
    const body = { sender: target.contract.address, arguments: [] };
    const unknown = shaped(await read(target, 'nothing', body), CALL_RESULT);
    expect(unknown).toMatchObject({ okay: false, cause: expect.stringContaining('UndefinedFunction') });
    const path = nowhere(target, 'contracts/call-read', 'nothing');
    const missing = shaped(await postJson(target, path, body), CALL_RESULT);
    expect(missing).toMatchObject({ okay: false, cause: expect.stringContaining('NoSuchContract') });
  });

  itReads('refuses a body without sender or arguments', async (target) => {
    const sender = target.contract.address;
    for (const body of [{}, { sender }, { sender: 'me', arguments: [] }, { sender, arguments: ['zz'] }]) {
      expectText(await read(target, target.contract.readOnly, body), 400, /^Failed to decode/);
    }
  });
});

describe('POST /v3/contracts/fast-call-read', () => {
  itReads('is closed to those without the token of the node', async (target) => {
    const path = at(target, 'contracts/fast-call-read', target.contract.readOnly).replace('/v2/', '/v3/');
    const { status } = await postJson(target, path, { sender: target.contract.address, arguments: [] });
    // 404 before a gateway that serves no /v3.
    expect([400, 401, 404]).toContain(status);
  });
});

describe('GET /v2/traits', () => {
  const traitOf = (target: TargetFacts, trait: string) => {
    const { address, name } = target.contract;
    return `${at(target, 'traits')}/${address}/${name}/${trait}`;
  };

  itReads('knows no trait that is not there', async (target) => {
    const text = 'No contract analysis found or trait definition not found';
    expectText(await get(target, traitOf(target, 'nothing')), 404, text);
  });
});
