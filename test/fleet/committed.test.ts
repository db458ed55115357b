import { expect, it } from 'vitest';
import { committed, fleet, withoutUnsealable } from './fleet.ts';

it('compiles without a complaint', () => {
  expect(withoutUnsealable(fleet.diagnostics.map((one) => ({ ...one, path: one.file })))).toEqual([]);
  expect(fleet.ok).toBe(true);
});

it('is committed as the inputs give it: no file more, no file less, every byte', () => {
  const onDisk = committed();
  expect([...onDisk.keys()].sort()).toEqual([...fleet.files.keys()].sort());
  const different = [...fleet.files].filter(([path, text]) => onDisk.get(path) !== text).map(([path]) => path);
  expect(different, 'run `stowage compile` and commit').toEqual([]);
});
