import { describe, expect, it } from 'vitest';
import { read } from '../../helpers/contracts.js';
import { enqueueAll, standardScene } from '../../helpers/scene.js';

describe('get-input', () => {
  it('answers none for a task that runs with its own payload', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    expect(read('control', 'get-input', 1n)).toBeNull();
  });
});
