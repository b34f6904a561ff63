import type { JsonValue } from './request.js';

const DEEP = 20_000;

/** An address of another network, of no network, and such that are none. */
const PRINCIPALS = [
  'SP000000000000000000002Q6VF78',
  'S1G2081040G2081040G2081040G208105NK8PE5',
  'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGN',
  'st1pqhqkv0rjxzfy1dgx8mnsnyve3vgzjsrtpgzgm',
  'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.',
  'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM..x',
  'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.1',
  'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.nothing',
  `ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.${'n'.repeat(128)}`,
  'ST000000000000000000002AMW42H.pox-5',
  'S',
];

/** Texts that trip parsers of numbers, hex, names, ids and Clarity values. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...PRINCIPALS,
  '',
  ' ',
  '-1',
  '-0',
  '0x',
  '0',
  '1e3',
  '1.5',
  'NaN',
  'Infinity',
  '9007199254740993',
  '18446744073709551615',
  '99999999999999999999',
  '9'.repeat(400),
  '00',
  '0x09',
  '0xzz',
  '0x0',
  '0x0b'.concat('0000000'.repeat(3)),
  // A list that says that it is longer than anything, a deep optional, and a tuple with an impossible name.
  '0x0bffffffff03',
  `0x${'0a'.repeat(600)}09`,
  '0x0c0000000105' + '6120622063' + '03',
  // A principal of an impossible version, and a buffer that is shorter than it says.
  `0x05ff${'00'.repeat(20)}`,
  '0x02000000ff00',
  '0x0d00000002ffff',
  '0x0e00000002c328',
  'f'.repeat(64),
  '0'.repeat(64),
  'F'.repeat(64),
  '0'.repeat(40),
  'x'.repeat(5_000),
  'latest',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  'toString',
  '..',
  '.',
  '/',
  '//',
  '\\',
  '\0',
  '\n',
  '%',
  '%00',
  '%2e%2e',
  '%ff',
  '☺',
  '\u{1f4a3}',
  '\u202e',
  "'",
  '"',
  ';',
  '#{x}',
  '<script>',
  '*',
  ')',
  '(ok true)',
  ',,,',
  'a,b,c',
  '5:0',
  '5:0:0:0',
  '::',
  '::x',
];

/** Numbers between those that a chain may be told to mine and those that it refuses: none of them takes long. */
const NUMBERS = [-1, -0, 0, 1, 1.5, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 2 ** 64, 1e300, -1e300];

export const HOSTILE_VALUES: readonly JsonValue[] = [
  ...NUMBERS,
  null,
  true,
  false,
  [],
  {},
  [null],
  [[]],
  { '': '' },
  { toString: 1 },
  ...HOSTILE_TEXTS,
];

/** JSON nested too deep for whoever walks it by calling himself; as text, as it could not be written otherwise. */
export const DEEP_JSON: readonly string[] = [
  '['.repeat(DEEP),
  `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
  `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`,
];
