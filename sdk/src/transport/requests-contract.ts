import { ClarityType, type ClarityValue, deserializeCV, serializeCV } from '@stacks/transactions';
import { FacError } from '../errors/fac-error.js';
import { parseObject, readFields, refuse } from './http-answer.js';
import { type HttpAnswer, type HttpOptions, type HttpRequest, sendRequest } from './http-request.js';
import { stripHex } from './parse-transaction.js';
import type { ReadOptions, Transport } from './transport.js';

type ContractRequests = Pick<
  Transport,
  | 'callRead'
  | 'fetchMapEntry'
  | 'fetchDataVar'
  | 'fetchContractSource'
  | 'fetchContractInterface'
  | 'fetchContractLogs'
>;

export const makeContractRequests = (http: HttpOptions): ContractRequests => {
  const askContract = async (contract: string, request: HttpRequest): Promise<HttpAnswer> => {
    const answer = await sendRequest(http, request);
    return answer.status === 404 ? refuseMissing(answer, contract) : answer;
  };
  const get = (contract: string, path: string, options?: ReadOptions) =>
    askContract(contract, { method: 'GET', path, signal: options?.signal });
  const post = (contract: string, path: string, body: unknown, options?: ReadOptions) =>
    askContract(contract, {
      method: 'POST',
      path,
      contentType: 'application/json',
      body: JSON.stringify(body),
      signal: options?.signal,
    });

  return {
    callRead: async ({ contract, functionName, functionArgs, sender }, options) => {
      const path = `/v2/contracts/call-read/${pathOf(contract)}/${encodeURIComponent(functionName)}`;
      const body = { sender, arguments: functionArgs.map((arg) => `0x${serializeCV(arg)}`) };
      const answer = await post(contract, `${path}${tipOf('?', options)}`, body, options);
      const json = parseObject(answer);
      const fields = readFields(answer, json);
      if (json.okay === true) return parseClarity(answer, fields.text('result'));
      const cause = fields.text('cause');
      if (cause.includes(`NoSuchContract("${contract}")`)) return refuseMissing(answer, contract);
      throw new FacError('REJECTED_READ', { function: `${contract}.${functionName}`, cause });
    },
    fetchMapEntry: async (contract, map, key, options) => {
      const path = `/v2/map_entry/${pathOf(contract)}/${map}?proof=0${tipOf('&', options)}`;
      const answer = await post(contract, path, `0x${serializeCV(key)}`, options);
      const entry = parseClarity(answer, readFields(answer, parseObject(answer)).text('data'));
      return entry.type === ClarityType.OptionalSome ? entry.value : null;
    },
    fetchDataVar: async (contract, variable, options) => {
      const path = `/v2/data_var/${pathOf(contract)}/${variable}?proof=0${tipOf('&', options)}`;
      const answer = await get(contract, path, options);
      return parseClarity(answer, readFields(answer, parseObject(answer)).text('data'));
    },
    fetchContractSource: async (contract, options) => {
      const answer = await get(contract, `/v2/contracts/source/${pathOf(contract)}?proof=0`, options);
      return readFields(answer, parseObject(answer)).text('source');
    },
    fetchContractInterface: async (contract, options) =>
      parseObject(await get(contract, `/v2/contracts/interface/${pathOf(contract)}`, options)),
    fetchContractLogs: async ({ contract, limit, cursor }, options) => {
      const query = new URLSearchParams({
        ...(limit === undefined ? {} : { limit: `${limit}` }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      const path = `/extended/v2/smart-contracts/${encodeURIComponent(contract)}/logs?${query}`;
      const answer = await get(contract, path, options);
      const json = parseObject(answer);
      const next = json.next_cursor;
      return {
        logs: readFields(answer, json)
          .objects('results')
          .map((item) => parseLog(answer, item)),
        nextCursor: typeof next === 'string' ? next : null,
      };
    },
  };
};

const refuseMissing = ({ source }: HttpAnswer, contract: string): never => {
  throw new FacError('NOT_FOUND_CONTRACT', { contract, host: source.host });
};

const parseLog = (answer: HttpAnswer, item: Readonly<Record<string, unknown>>) => {
  const fields = readFields(answer, item);
  const log = fields.object('contract_log');
  return {
    txid: stripHex(fields.text('tx_id')),
    eventIndex: Number(fields.integer('event_index')),
    contract: readFields(answer, log).text('contract_id'),
    value: parseClarity(answer, readFields(answer, readFields(answer, log).object('value')).text('hex')),
  };
};

const parseClarity = (answer: HttpAnswer, hex: string): ClarityValue => {
  try {
    return deserializeCV(hex);
  } catch {
    return refuse(answer, 'a malformed Clarity value', 'a Clarity value in hex');
  }
};

const pathOf = (contract: string): string => contract.split('.').map(encodeURIComponent).join('/');

const tipOf = (lead: '?' | '&', options: ReadOptions | undefined): string =>
  options?.tip === undefined ? '' : `${lead}tip=${encodeURIComponent(stripHex(options.tip))}`;
