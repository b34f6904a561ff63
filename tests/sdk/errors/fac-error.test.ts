import { FacError, type FacErrorCode, isFacError } from '@fac/sdk';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { describeContractError } from '../../../sdk/src/errors/contract-error.js';
import { CONTRACT_ERRORS } from '../../../sdk/src/errors/contract-errors.generated.js';
import { ERROR_TEXTS } from '../../../sdk/src/errors/error-texts.js';

const PREFIX = /^(INVALID|EXPECTED|NOT_FOUND|OUT_OF_RANGE|EXCEEDED|MISMATCH|REJECTED|TIMED_OUT)_/;

describe('FacError', () => {
  it.each(Object.keys(ERROR_TEXTS))('%s has a prefix of the short list', (code) => {
    expect(code).toMatch(PREFIX);
  });

  it('says what was expected, what came and where', () => {
    const context = {
      function: 'async-queue.enqueue-task',
      path: 'template',
      came: 'nothing',
      expected: 'a bigint',
    };
    const error = new FacError('INVALID_ARGUMENT', context);
    expect(error.message).toBe('async-queue.enqueue-task: template: expected a bigint, got nothing');
    expect(error).toMatchObject({ name: 'FacError', context, isRetryable: false, contractError: undefined });
  });

  it('keeps the cause', () => {
    const cause = new Error('below');
    expect(new FacError('OUT_OF_RANGE_UNIT', { unit: 'u', came: 'c' }, { cause }).cause).toBe(cause);
  });

  it.each([
    [404, false],
    [500, true],
    [503, true],
  ])('with status %d says whether to try again: %s', (status, isRetryable) => {
    const context = { host: 'h', endpoint: 'GET /', status, detail: '' };
    expect(new FacError('REJECTED_REQUEST', context).isRetryable).toBe(isRetryable);
  });
});

describe('isFacError', () => {
  it('tells ours from others, and narrows to a code', () => {
    const error: unknown = new FacError('NOT_FOUND_TASK', { id: 4n });
    expect([isFacError(error), isFacError(error, 'INVALID_KEY'), isFacError(new Error('x'))]).toEqual([
      true,
      false,
      false,
    ]);
    if (!isFacError(error, 'NOT_FOUND_TASK')) expect.unreachable();
    expectTypeOf(error.context).toEqualTypeOf<{ readonly id: bigint }>();
    expectTypeOf<FacError['code']>().toEqualTypeOf<FacErrorCode>();
  });
});

describe('describeContractError', () => {
  it.each(CONTRACT_ERRORS)('knows u$code as $name of $contract', ({ code, name, meaning, contract }) => {
    const described = describeContractError(code, 'task-scheduler.schedule-task');
    expect(described).toEqual({ code, name, meaning, contract, function: 'task-scheduler.schedule-task' });
  });

  it('says that it does not know a number', () => {
    const described = describeContractError(77n, 'async-queue.cancel-task');
    expect(described).toMatchObject({ code: 77n, name: 'UNKNOWN', contract: 'async-queue' });
  });
});
