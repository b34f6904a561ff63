import type { Handlers } from '@fac/keeper';

/** What a keeper does for the task types of the sample dApp. */
export const handlers: Handlers = {
  /** Answers what it was sent. */
  echo: async (task) => task.payload,

  /** Fails twice, then succeeds. */
  flaky: async (task, { attempt }) => {
    if (attempt < 3n) throw new Error(`attempt ${attempt} was to fail`);
    return task.payload;
  },

  /** Never succeeds. */
  broken: async () => {
    throw new Error('this task type always fails');
  },
};
