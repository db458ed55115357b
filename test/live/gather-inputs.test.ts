import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gatherInputs } from '../../src/store/gather-inputs.ts';
import { Unreadable } from '../../src/store/unless-gone.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { smallFleet } from '../support/small-fleet.ts';

const fails = (code: string) => () => {
  throw Object.assign(new Error(code), { code });
};

test('what is taken away while inputs are gathered is not there', () => {
  const fleet = temporaryFolder(smallFleet);
  const read = (path: string) => {
    rmSync(join(fleet, 'clusters'), { recursive: true, force: true });
    return readFileSync(path);
  };
  expect([...gatherInputs(fleet, () => {}, read).keys()].filter((path) => path.startsWith('clusters/'))).toEqual([]);
  expect(gatherInputs(fleet, () => {}, fails('ENOENT')).size).toBe(0);
});

test('what is there and may not be read stops everything: without it nobody knows what is described', () => {
  const gathering = () => gatherInputs(temporaryFolder(smallFleet), () => {}, fails('EACCES'));
  expect(gathering).toThrow(Unreadable);
  expect(gathering).toThrow('cannot read stowage.yaml: EACCES');
});
