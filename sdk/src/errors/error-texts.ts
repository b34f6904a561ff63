import type { FacErrorCode, FacErrorContexts } from './error-contexts.js';
import { describeRejection } from './node-rejection.js';

type Argument = FacErrorContexts['INVALID_ARGUMENT'];

const at = ({ function: name, path }: Argument): string => (path === '' ? name : `${name}: ${path}`);
const wanted = (a: Argument): string => `${at(a)}: expected ${a.expected}, got ${a.came}`;
const ended = (how: string, task: FacErrorContexts['REJECTED_TASK_FAILED']): string =>
  `Task ${task.id} ${how} after ${task.attempts} ${task.attempts === 1n ? 'attempt' : 'attempts'}`;

/** One text per code; a code without a text does not compile. */
export const ERROR_TEXTS: { readonly [C in FacErrorCode]: (context: FacErrorContexts[C]) => string } = {
  INVALID_ARGUMENT: wanted,
  OUT_OF_RANGE_ARGUMENT: wanted,
  EXCEEDED_LENGTH: (a) => `${at(a)} of ${a.came}, ${a.expected}`,
  EXPECTED_FIELD: (a) => `${at(a)} is missing: expected ${a.expected}`,
  INVALID_FIELD: (a) => `${at(a)} is not a field: expected ${a.expected}`,
  OUT_OF_RANGE_UNIT: (c) => `Expected ${c.unit}, got ${c.came}`,
  INVALID_OPTION: (c) => `Option ${c.option}: expected ${c.expected}, got ${c.came}`,
  INVALID_KEY: (c) => `The private key is not usable: expected ${c.expected}`,
  EXPECTED_SIGNER: (c) =>
    `${c.function} must be signed: give createFac a signer, or use prepare and a wallet`,
  MISMATCH_NETWORK: (c) =>
    `Signer ${c.signer} and deployer ${c.deployer} are on different networks: make the signer with the network of the deployer`,
  MISMATCH_ABI: (a) => `${wanted(a)}; the contracts on chain are not the version this SDK was made for`,
  NOT_FOUND_CONTRACT: (c) =>
    `${c.contract} is not on the chain of ${c.host}: check the deployer and the network`,
  NOT_FOUND_TASK: (c) => `There is no task ${c.id}`,
  REJECTED_BY_CONTRACT: (c) =>
    `${c.function} refused with ${c.name} (u${c.code} of ${c.contract}): ${c.meaning}`,
  REJECTED_BY_NODE: (c) => `The node did not take the transaction: ${describeRejection(c.rejection)}`,
  REJECTED_BY_RATE_LIMIT: (c) =>
    `${c.host} refuses ${c.endpoint} for now (429)${c.retryAfterMs === undefined ? '' : `: try again in ${c.retryAfterMs} ms`}`,
  REJECTED_CONNECTION: (c) =>
    `No connection to ${c.host} for ${c.endpoint} (${c.cause}): is the node running?`,
  REJECTED_REQUEST: (c) => `${c.host} answered ${c.endpoint} with status ${c.status}: ${c.detail}`,
  REJECTED_READ: (c) => `Reading ${c.function} failed: ${c.cause}`,
  REJECTED_POST_CONDITION: (c) =>
    `Transaction ${c.txid} (${c.function}) was undone: it moved other funds than its post-conditions say`,
  REJECTED_RUNTIME: (c) => `Transaction ${c.txid} (${c.function}) stopped with a runtime error: ${c.detail}`,
  REJECTED_TRANSACTION: (c) => `Transaction ${c.txid} will not be mined (${c.status}): send it again`,
  REJECTED_TASK_FAILED: (c) => `${ended('failed', c)} with code ${c.code}; its reward was refunded`,
  REJECTED_TASK_CANCELLED: (c) =>
    `${ended('was cancelled', c)}; its reward was refunded, or credited: see queue.read.getCredits`,
  REJECTED_TASK_EXPIRED: (c) =>
    `${ended('expired', c)}; its reward was refunded, or credited: see queue.read.getCredits`,
  INVALID_RESPONSE: (c) =>
    `${c.host} answered ${c.endpoint} with ${c.came}, expected ${c.expected}: is it a Stacks node?`,
  NOT_FOUND_EVENT: (c) =>
    `The event to go on from is not among the newest ${c.pages} pages of ${c.contract} (a fork may have undone it): read the state again and watch from now`,
  TIMED_OUT_REQUEST: (c) => `${c.host} did not answer ${c.endpoint} within ${c.timeoutMs} ms`,
  TIMED_OUT_WAIT: (c) => `Waited ${c.timeoutMs} ms for ${c.what}; last seen: ${c.last}`,
};
