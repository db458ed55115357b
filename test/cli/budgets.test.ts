import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Files, temporaryFolder } from '../support/fleet-files.ts';
import { stowage } from '../support/run-cli.ts';
import { footprintFleet } from './footprint-fleet.ts';

/** A fleet that was compiled, so that its units are remembered, with one text changed since. */
function compiledThenChanged(files: Files, path: string, from: string, to: string): string {
  const fleet = temporaryFolder(files);
  expect(stowage(['compile', '--no-verify'], { in: fleet })).toMatchObject({ code: 0 });
  const text = String(files.get(path));
  if (!text.includes(from)) throw new Error(`${path} has no «${from}»`);
  writeFileSync(join(fleet, path), text.replace(from, to));
  return fleet;
}

test.each([
  ['the budget of an environment', 'clusters/dev/dev.yaml', 'cpu: "10"', 'cpu: "8"', 'dev asks for 8600m of cpu'],
  ['the budget of a system', 'clusters/dev/dev.yaml', 'storage: 30Gi', 'storage: 29Gi', 'shop in dev asks for 30Gi of storage'],
  ['the capacity of a cluster', 'clusters/dev/cluster.yaml', 'cpu: 32', 'cpu: 12', 'of cluster dev ask for 13600m of cpu'],
  ['the count of a GPU pool', 'clusters/dev/cluster.yaml', 'count: 2', 'count: 1', 'of cluster dev ask for 2 of nvidia.com/gpu'],
  [
    'another environment',
    'clusters/dev/demo.yaml',
    'stock: {}',
    'stock: {components: {train: {replicas: 2}}}',
    'ask for 3 of nvidia.com/gpu',
  ],
  ['the System', 'systems/shop/system.yaml', 'min: 2', 'min: 7', 'dev asks for 10100m of cpu'],
])('%s was changed, and what is remembered of the rest is held against it', (_, path, from, to, message) => {
  const { code, err } = stowage(['compile', '--no-verify'], { in: compiledThenChanged(footprintFleet, path, from, to) });
  expect(code).toBe(1);
  expect(err).toContain(message);
  expect(err).toContain('nothing was written');
});

test('a budget that is raised, and a capacity that suffices again, are no news', () => {
  const fleet = compiledThenChanged(footprintFleet, 'clusters/dev/dev.yaml', 'cpu: "10"', 'cpu: "100"');
  expect(stowage(['compile', '--no-verify'], { in: fleet })).toMatchObject({ code: 0, err: '' });
});

test('what would not fit at maximum scale is told in every run, also of an unchanged fleet', () => {
  const fleet = compiledThenChanged(footprintFleet, 'clusters/dev/cluster.yaml', 'cpu: 32', 'cpu: 15');
  for (const _ of [1, 2]) {
    const { code, err } = stowage(['compile', '--no-verify'], { in: fleet });
    expect(code).toBe(0);
    expect(err).toContain('ask for 15400m of cpu with every autoscaler at its maximum');
    expect(err).toContain('1 warning');
  }
});
