import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTree, temporaryFolder, writeFiles } from '../support/fleet-files.ts';
import { runCli } from '../support/kill-cli.ts';
import { smallFleet } from '../support/killed-fleet.ts';

const plain = ['compile', '--no-verify', '--quiet'];
const freeze = ['release', 'hello', '1.0.0', '--quiet'];
const byHand = new Map([
  ['overlays/notes.txt', 'not generated\n'],
  ['NOTES.md', '# beside the fleet\n'],
]);

function compiled(): string {
  const folder = temporaryFolder(smallFleet);
  expect(runCli(folder, plain)).toMatchObject({ code: 0, err: '' });
  writeFiles(folder, byHand);
  return folder;
}

test('a killed release is no release, and the next one makes it', () => {
  const other = compiled();
  expect(runCli(other, freeze)).toMatchObject({ code: 0, err: '' });
  const frozen = readTree(other);
  expect(runCli(other, plain)).toMatchObject({ code: 0, err: '' });
  const wanted = readTree(other);

  let kills = 0;
  for (let n = 1; ; n += 1) {
    const folder = compiled();
    const before = readTree(folder);
    const run = runCli(folder, freeze, { STOWAGE_FAILPOINT: String(n) });
    if (run.signal !== 'SIGKILL') {
      expect(run).toMatchObject({ code: 0, err: '' });
      expect(readTree(folder)).toEqual(frozen);
      break;
    }
    kills += 1;
    expect(readTree(folder), `killed at ${n}`).toEqual(before);
    // Nobody but the one who wanted the release need know of it.
    expect(runCli(folder, [...plain, '--check']), `killed at ${n}`).toMatchObject({ code: 0, err: '' });
    expect(runCli(folder, freeze), `killed at ${n}`).toMatchObject({ code: 0, err: '' });
    expect(readTree(folder), `killed at ${n}`).toEqual(frozen);
    expect(runCli(folder, n === 1 ? ['compile', '--quiet'] : plain), `killed at ${n}`).toMatchObject({ code: 0, err: '' });
    expect(readTree(folder), `killed at ${n}`).toEqual(wanted);
    const staging = join(folder, '.stowage', 'staging');
    expect(existsSync(staging) ? readdirSync(staging) : []).toEqual([]);
  }
  expect(kills).toBeGreaterThan(0);
});
