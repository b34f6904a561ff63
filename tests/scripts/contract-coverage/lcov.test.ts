import { describe, expect, it } from 'vitest';
import { mergeRecords } from '../../../scripts/contract-coverage/lcov.js';

const record = (path: string, ...lines: string[]) => ['TN:a test', `SF:${path}`, ...lines, 'end_of_record'];

describe('mergeRecords', () => {
  it('adds up what the tests reached of each source', async () => {
    const merged = await mergeRecords([
      ...record('/a.clar', 'FN:1,get', 'FN:5,put', 'FNDA:2,get', 'DA:1,2', 'DA:2,2', 'DA:5,0'),
      ...record('/b.clar', 'FN:1,get', 'DA:1,0'),
      ...record('/a.clar', 'FN:1,get', 'FN:5,put', 'FNDA:0,get', 'FNDA:1,put', 'DA:1,0', 'DA:2,0', 'DA:5,1'),
    ]);

    expect(merged).toEqual(
      new Map([
        [
          '/a.clar',
          {
            lines: new Map([
              [1, 2],
              [2, 2],
              [5, 1],
            ]),
            functions: new Map([
              ['get', 2],
              ['put', 1],
            ]),
          },
        ],
        ['/b.clar', { lines: new Map([[1, 0]]), functions: new Map([['get', 0]]) }],
      ]),
    );
  });

  it('passes branches, totals and empty lines over', async () => {
    const lines = ['', ...record('/a.clar', 'BRDA:1,0,0,1', 'BRF:1', 'FNF:9', 'LF:9', 'DA:3,1'), ''];
    expect(await mergeRecords(lines)).toEqual(
      new Map([['/a.clar', { lines: new Map([[3, 1]]), functions: new Map() }]]),
    );
  });
});
