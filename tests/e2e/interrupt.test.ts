import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';

describe('npm run demo, interrupted', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    it(`leaves no process behind after ${signal}`, async () => {
      const temporary = mkdtempSync(join(tmpdir(), 'fac-interrupt-'));
      onTestFinished(() => rmSync(temporary, { recursive: true, force: true }));
      const demo = spawn(process.execPath, ['.build/scripts/demo.js'], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, TMPDIR: temporary },
      });
      const ended = once(demo, 'close');
      const pids: number[] = [];
      for await (const line of createInterface({ input: demo.stdout })) {
        const pid = /^(node|dapp|keeper) +pid (\d+)/.exec(line)?.[2];
        if (pid !== undefined) pids.push(Number(pid));
        if (line.startsWith('task ') && !demo.killed) demo.kill(signal);
      }
      await ended;

      expect(pids).toHaveLength(3);
      await expect.poll(() => pids.filter(isAlive), { timeout: 20_000 }).toEqual([]);
      // Killed outright it cannot clean up; its children end by themselves.
      if (signal !== 'SIGKILL') expect(readdirSync(temporary)).toEqual([]);
    });
  }
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
