import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LocalnetError, type LocalnetOptions, startLocalnet } from '@fac/localnet';
import { describe, expect, it } from 'vitest';
import { DEPLOYER, FIXTURE, startFixture } from './harness.js';

const codeOf = (options: LocalnetOptions) =>
  startLocalnet({ manifest: FIXTURE, port: 0, ...options }).then(
    async (node) => {
      await node.stop();
      return 'started';
    },
    (error: unknown) => (error instanceof LocalnetError ? error.code : error),
  );

describe('startLocalnet', () => {
  it.each<[LocalnetOptions, string]>([
    [{ port: 70_000 }, 'INVALID_OPTION'],
    [{ blockTimeMs: 10 }, 'INVALID_OPTION'],
    [{ blockTimeMs: -1 }, 'INVALID_OPTION'],
    [{ burnEvery: 1 }, 'INVALID_OPTION'],
    [{ accounts: 0 }, 'INVALID_OPTION'],
    [{ accounts: 1_001 }, 'INVALID_OPTION'],
    [{ stateFile: '' }, 'INVALID_OPTION'],
    [{ observers: ['not a url'] }, 'INVALID_OPTION'],
    [{ observers: ['ftp://127.0.0.1/'] }, 'INVALID_OPTION'],
    [{ observers: Array.from({ length: 17 }, () => 'http://127.0.0.1:1') }, 'INVALID_OPTION'],
    [{ faults: true, host: '0.0.0.0' }, 'INVALID_OPTION'],
    [{ faults: true, host: '127.0.0.1.example.org' }, 'INVALID_OPTION'],
    [{ manifest: 'nowhere/Clarinet.toml' }, 'NOT_FOUND_FILE'],
  ])('refuses %j with %s', async (options, code) => {
    expect(await codeOf(options)).toBe(code);
  });

  it('says when its port is taken, and deploys by real transactions when not', async () => {
    const h = await startFixture();
    try {
      expect(await codeOf({ port: h.node.port })).toBe('REJECTED_PORT');
      expect(h.node.contracts).toEqual([`${DEPLOYER}.counter`]);
      expect((await h.account(DEPLOYER)).nonce).toBe(2);
      const [deployer] = h.node.accounts;
      expect(deployer).toMatchObject({
        name: 'deployer',
        address: DEPLOYER,
        privateKey: '753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3bd2a601',
      });
    } finally {
      await h.node.stop();
    }
  });

  it('makes blocks by itself, a Bitcoin block every n, and writes nothing', async () => {
    const heights: [number, number][] = [];
    let enough: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      enough = resolve;
    });
    const files = async () => (await readdir(dirname(FIXTURE), { recursive: true })).sort();
    const before = await files();
    const h = await startFixture({
      blockTimeMs: 50,
      burnEvery: 3,
      deploy: false,
      onEvent(event) {
        if (event.event === 'block') heights.push([event.stacksHeight, event.burnHeight]);
        if (heights.length === 6) enough();
      },
    });
    await reached;
    await h.node.stop();
    expect(heights.slice(0, 6)).toEqual([
      [2, 1],
      [3, 1],
      [4, 2],
      [5, 2],
      [6, 2],
      [7, 3],
    ]);
    expect(await files()).toEqual(before);
  });
});
