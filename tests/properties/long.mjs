// Runs the conservation test with one seed after another: node tests/properties/long.mjs --minutes=60
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const OPERATIONS = '10000';
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error('--minutes takes a number above 0');
const end = Date.now() + minutes * 60_000;

for (let seed = Date.now() % 1_000_000_000; Date.now() < end; seed++) {
  const env = { ...process.env, FAC_SEED: String(seed), FAC_OPS: OPERATIONS };
  const test = [
    'vitest',
    'run',
    '--project',
    'contracts',
    '--testTimeout=0',
    'tests/properties/conservation.test.ts',
  ];
  const { status } = spawnSync('npx', test, { env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
