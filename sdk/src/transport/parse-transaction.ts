import { deserializeCV } from '@stacks/transactions';
import { makeBurnHeight, makeStacksHeight, makeUnixSeconds, makeUstx } from '../errors/make-units.js';
import { isObject, type Json, readFields, refuse } from './http-answer.js';
import type { HttpAnswer } from './http-request.js';
import type { MinedTransaction, TransactionStatus } from './transport.js';

/** The API's transaction JSON (`/extended/v1/tx/{txid}`). One off the canonical chain is pending again. */
export const parseTransaction = (answer: HttpAnswer, json: Json): TransactionStatus => {
  const fields = readFields(answer, json);
  const txid = stripHex(fields.text('tx_id'));
  const status = fields.text('tx_status');
  if (status === 'pending' || json.canonical === false) return { status: 'pending', txid };
  if (status.startsWith('dropped')) return { status: 'dropped', txid, reason: status };
  if (!isMinedStatus(status)) return refuse(answer, `tx_status ${status}`, 'a known tx_status');
  const call = isObject(json.contract_call) ? readFields(answer, json.contract_call) : undefined;
  const vmError = json.vm_error;
  return {
    status,
    txid,
    result: deserializeCV(readFields(answer, fields.object('tx_result')).text('hex')),
    stacksHeight: makeStacksHeight(fields.integer('block_height')),
    blockHash: stripHex(fields.text('block_hash')),
    burnHeight: makeBurnHeight(fields.integer('burn_block_height')),
    blockTime: makeUnixSeconds(fields.integer('block_time')),
    feeUstx: makeUstx(fields.integer('fee_rate')),
    nonce: fields.integer('nonce'),
    sender: fields.text('sender_address'),
    ...(call === undefined
      ? {}
      : { contract: call.text('contract_id'), functionName: call.text('function_name') }),
    ...(typeof vmError === 'string' ? { vmError } : {}),
  };
};

export const stripHex = (hex: string): string => (hex.startsWith('0x') ? hex.slice(2) : hex);

const isMinedStatus = (status: string): status is MinedTransaction['status'] =>
  status === 'success' || status === 'abort_by_response' || status === 'abort_by_post_condition';
