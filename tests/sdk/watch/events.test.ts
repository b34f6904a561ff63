import { decodeEvent } from '@fac/sdk';
import { Cl, type ClarityValue } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { ALICE, DEPLOYER } from '../helpers/keys.js';

const place = { txid: 'ab'.repeat(32), eventIndex: 3 };
const decode = (contract: string, topic: string, fields: Record<string, ClarityValue>) =>
  decodeEvent({
    ...place,
    contract: `${DEPLOYER}.${contract}`,
    value: Cl.tuple({ topic: Cl.stringAscii(topic), ...fields }),
  });

const worker = Cl.principal(ALICE);
const owner = worker;
const template = { 'task-type': Cl.uint(1), version: Cl.uint(2), active: Cl.bool(false) };

describe('decodeEvent', () => {
  it.each([
    [
      'coordinator-registry',
      'bond-cut',
      { worker, cut: Cl.uint(7), amount: Cl.uint(93), 'leaving-at': Cl.uint(50) },
      { worker: ALICE, cutUstx: 7n, amountUstx: 93n, leavingAt: 50n },
    ],
    [
      'coordinator-registry',
      'bond-withdrawn',
      { worker, amount: Cl.uint(93) },
      { worker: ALICE, amountUstx: 93n },
    ],
    [
      'coordinator-registry',
      'sink-withdrawn',
      { sink: worker, amount: Cl.uint(6) },
      { sink: ALICE, amountUstx: 6n },
    ],
    [
      'coordinator-registry',
      'worker-stood-down',
      { worker, 'stood-until': Cl.uint(1_000) },
      { worker: ALICE, stoodUntil: 1_000n },
    ],
    [
      'async-task-factory',
      'task-template-transferred',
      { id: Cl.uint(4), owner, ...template },
      { id: 4n, owner: ALICE, taskType: 1n, version: 2n, active: false },
    ],
    [
      'async-queue',
      'series-funded',
      { series: Cl.uint(2), payer: owner, amount: Cl.uint(5), prepaid: Cl.uint(15) },
      { series: 2n, payer: ALICE, amountUstx: 5n, prepaidUstx: 15n },
    ],
    [
      'async-queue',
      'series-drained',
      { series: Cl.uint(2), to: owner, amount: Cl.uint(15) },
      { series: 2n, to: ALICE, amountUstx: 15n },
    ],
  ])('reads %s %s', (contract, topic, fields, expected) => {
    expect(decode(contract, topic, fields)).toEqual({ topic, ...expected, ...place });
  });

  it.each([
    'coordinator-registry',
    'async-task-factory',
    'async-queue',
    'task-control',
    'task-scheduler',
    'task-topics',
    'price-oracle',
  ])('leaves a topic of %s that it does not know', (contract) => {
    expect(decode(contract, 'something-new', {})).toBeNull();
  });
});
