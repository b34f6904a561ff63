import { describe, expectTypeOf, it } from 'vitest';
import type { AbiOf } from '../../../sdk/src/abi/contracts.js';
import type { ArgsOf, CamelCase, FunctionNamed, OutputOf, ValueOf } from '../../../sdk/src/abi/infer.js';

describe('ValueOf', () => {
  it('infers the value of each Clarity type', () => {
    expectTypeOf<ValueOf<'uint128'>>().toEqualTypeOf<bigint>();
    expectTypeOf<ValueOf<'int128'>>().toEqualTypeOf<bigint>();
    expectTypeOf<ValueOf<'bool'>>().toEqualTypeOf<boolean>();
    expectTypeOf<ValueOf<'principal'>>().toEqualTypeOf<string>();
    expectTypeOf<ValueOf<'trait_reference'>>().toEqualTypeOf<string>();
    expectTypeOf<ValueOf<'none'>>().toEqualTypeOf<null>();
    expectTypeOf<ValueOf<{ buffer: { length: 4 } }>>().toEqualTypeOf<Uint8Array>();
    expectTypeOf<ValueOf<{ 'string-ascii': { length: 4 } }>>().toEqualTypeOf<string>();
    expectTypeOf<ValueOf<{ 'string-utf8': { length: 4 } }>>().toEqualTypeOf<string>();
    expectTypeOf<ValueOf<{ optional: 'uint128' }>>().toEqualTypeOf<bigint | null>();
    expectTypeOf<ValueOf<{ list: { type: 'bool'; length: 3 } }>>().toEqualTypeOf<readonly boolean[]>();
    expectTypeOf<ValueOf<{ response: { ok: 'bool'; error: 'uint128' } }>>().toEqualTypeOf<
      { readonly ok: true; readonly value: boolean } | { readonly ok: false; readonly error: bigint }
    >();
    expectTypeOf<ValueOf<{ tuple: [{ name: 'last-id'; type: 'uint128' }] }>>().toEqualTypeOf<{
      readonly lastId: bigint;
    }>();
  });
});

describe('CamelCase', () => {
  it('joins the parts of a name', () => {
    expectTypeOf<CamelCase<'get-queue-id'>>().toEqualTypeOf<'getQueueId'>();
  });
});

describe('ArgsOf', () => {
  it('infers the arguments of a function of ours', () => {
    type Args = ArgsOf<FunctionNamed<AbiOf<'task-control'>, 'heartbeat-task'>>;
    expectTypeOf<Args>().toEqualTypeOf<{
      readonly id: bigint;
      readonly attempt: bigint;
      readonly blocks: bigint;
      readonly progress: Uint8Array;
    }>();
  });
});

describe('OutputOf', () => {
  it('infers what a function answers, without its response', () => {
    type Answer<Fn extends string> = OutputOf<FunctionNamed<AbiOf<'async-queue'>, Fn>>;
    expectTypeOf<Answer<'enqueue-task'>>().toEqualTypeOf<bigint>();
    expectTypeOf<Answer<'dequeue-from'>>().toEqualTypeOf<readonly bigint[]>();
    expectTypeOf<Answer<'get-credits'>>().toEqualTypeOf<bigint>();
  });
});
