import { KeeperError } from '../shared/errors.js';

/** `--exit-with-parent [pid]` as commander gives it. */
export type ParentFlag = string | true | undefined;

/** Whose end is to be ours too; throws INVALID_FLAG for what is no process id. */
export function readParent(flag: ParentFlag): 'nobody' | 'parent' | number {
  if (flag === undefined) return 'nobody';
  if (flag === true) return 'parent';
  if (/^[1-9]\d{0,9}$/.test(flag)) return Number(flag);
  throw new KeeperError('INVALID_FLAG', {
    context: { problem: `--exit-with-parent: expected a process id; got ${flag}` },
  });
}
