import { describe, expect, it } from 'vitest';
import { expectOk } from '../../helpers/contracts.js';
import { stateOf } from '../../helpers/tasks.js';
import { execute, executeAll } from '../scheduler/handlers.js';
import { arena, mixedBatch } from './arena.js';
import { changesSince, worths } from './worth.js';

const OK = '(ok {result: 0x, again: none})';

// There is no control: a runtime error undoes the transaction under any dispatcher.
describe('a handler that ends in a runtime error', () => {
  it.each([
    ['a panic', `(begin (unwrap-panic (if (> id u0) none (some id))) ${OK})`],
    ['a panic for an error', `(begin (unwrap-err-panic (if (> id u0) (ok id) (err id))) ${OK})`],
    ['a division by zero', `(begin (print (/ id u0)) ${OK})`],
    ['an overflow', `(begin (print (pow u2 (+ id u128))) ${OK})`],
    ['an underflow', `(begin (print (- u0 id)) ${OK})`],
    ['a logarithm of nothing', `(begin (print (log2 (- id id))) ${OK})`],
  ])('%s undoes the batch, which runs without it', (_, body) => {
    const scene = arena('faulty', { body });
    const batch = mixedBatch(scene);
    const states = batch.map(([id]) => stateOf(id));
    const before = worths();

    expect(() => execute(scene, 2n)).toThrow(/Runtime/);
    expect(() => executeAll(batch, scene.alice)).toThrow(/Runtime/);

    expect(batch.map(([id]) => stateOf(id))).toEqual(states);
    expect(changesSince(before)).toEqual({});
    expectOk(
      executeAll(
        batch.filter(([id]) => id !== 2n),
        scene.alice,
      ),
    );
    expect(changesSince(before)).toEqual({ [scene.producer]: -2000n, [scene.alice]: 2000n });
  });
});
