import { expect, it } from 'vitest';
import { compileClean } from '../support/compile-fleet.ts';
import { everyFleet } from '../support/fleets/every-fleet.ts';
import { mismatchesOf } from '../support/verify-fleet.ts';

it('compiles any fleet, and the real kustomize builds exactly what was meant', async () => {
  let overlays = 0;
  await everyFleet(50, async (files) => {
    const compiled = compileClean(files);
    overlays += compiled.systems.length;
    expect(await mismatchesOf(compiled)).toEqual([]);
  });
  expect(overlays).toBeGreaterThan(50);
}, 400_000);
