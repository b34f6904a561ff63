/** Why a value does not fit its Clarity type. `path` is empty for the whole value. */
export interface CodecIssue {
  readonly kind: 'kind' | 'range' | 'length' | 'missing' | 'unknown';
  readonly path: string;
  readonly came: string;
  readonly expected: string;
}

/** Turns an issue into the caller's error; it never returns. */
export type Refuse = (issue: CodecIssue) => never;

export const joinPath = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** `1,025 bytes`, `1 item`. */
export const countOf = (count: number, unit: string): string =>
  `${count.toLocaleString('en-US')} ${unit}${count === 1 ? '' : 's'}`;

/** Names the kind of a value without printing what is in it. */
export const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Uint8Array) return 'bytes';
  if (value === undefined) return 'undefined';
  return `a value of type ${typeof value}`;
};
