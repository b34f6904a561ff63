import { kindOf } from '../abi/codec-issue.js';
import { refuseArgument } from './codec-error.js';

/** Maps a call's `items`. Throws `INVALID_ARGUMENT` when they are no array: JavaScript callers have no types. */
export const mapItems = <Item, Encoded>(
  functionName: string,
  items: readonly Item[],
  encode: (item: Item, place: number) => Encoded,
): readonly Encoded[] => {
  if (Array.isArray(items)) return items.map(encode);
  const issue = { kind: 'kind', path: 'items', came: kindOf(items), expected: 'an array' } as const;
  return refuseArgument(functionName)(issue);
};
