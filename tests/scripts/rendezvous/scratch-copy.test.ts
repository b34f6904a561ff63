import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { putTraitsFirst, toOlderManifest } from '../../../scripts/rendezvous/scratch-copy.js';

const contractsIn = (manifest: string) =>
  [...manifest.matchAll(/^\[contracts\.(.+)\]$/gm)].map(([, name]) => name);

describe('toOlderManifest', () => {
  const before = readFileSync('Clarinet.toml', 'utf8');
  const after = toOlderManifest(before);

  it('keeps the contracts and their order, and adds the actor behind them', () => {
    expect(contractsIn(after)).toEqual([...contractsIn(before), 'actor']);
  });

  it('names Clarity 4 and epoch 3.3 for every contract', () => {
    const versions = [...after.matchAll(/^(?:clarity_version|epoch) = .+$/gm)].map(([line]) => line);
    const each = ['clarity_version = 4', 'epoch = "3.3"'];
    expect(versions).toEqual(contractsIn(after).flatMap(() => each));
  });
});

describe('putTraitsFirst', () => {
  it('turns the two tuples of the scheduler round that hold a handler', () => {
    const before = readFileSync('contracts/task-scheduler.clar', 'utf8');
    const after = putTraitsFirst(before);
    expect(before.match(/\{id: uint, h: <task-handler>\}/g)).toHaveLength(2);
    expect(after.match(/\{h: <task-handler>, id: uint\}/g)).toHaveLength(2);
    expect(after).toHaveLength(before.length);
  });

  it('leaves all else as it is', () => {
    expect(putTraitsFirst('{id: uint, height: uint}')).toBe('{id: uint, height: uint}');
  });
});
