import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTree, repository } from '../support/fleet-files.ts';
import { files, macKey, one, opened, type SealRun, sealRun } from '../support/seal-run.ts';
import { secretValue } from '../support/secret-value.ts';

const values = (turn: number) => ({
  'db/password': secretValue(`password-${turn}`),
  token: secretValue(`token-${turn}`),
  salt: secretValue(`salt-${turn}`),
  'account/password': secretValue(`account-${turn}`),
});

/** Values go in through a pipe. */
function seal({ folder }: SealRun, turn: number, failpoint?: number) {
  const lines = Object.entries(values(turn)).map(([name, value]) => `${name}=${value}\n`);
  const words = ['seal', ...one, '--from-env-file', '/dev/stdin'];
  const { status, signal, stderr } = spawnSync(process.execPath, [join(repository, 'bin/stowage.cjs'), ...words], {
    cwd: folder,
    input: lines.join(''),
    env: {
      ...process.env,
      STOWAGE_MAC_KEY: macKey,
      ...(failpoint === undefined ? {} : { STOWAGE_FAILPOINT: String(failpoint) }),
    },
    encoding: 'utf8',
  });
  return { status, signal, stderr };
}

const sealed = [files.db, files.session, files.account];

/** Each file is the one or the other whole, and nothing else has come. */
function expectWhole(run: SealRun, before: ReadonlyMap<string, string>, turn: number, when: string): void {
  const tree = readTree(run.folder);
  expect(
    [...tree.keys()].filter((path) => !sealed.includes(path)),
    when,
  ).toEqual([...before.keys()].filter((path) => !sealed.includes(path)));
  for (const [path, text] of tree) {
    if (text === before.get(path)) continue;
    expect(sealed, when).toContain(path);
    const found = Object.values(opened(run, path));
    expect(found, `${path}, ${when}`).not.toContain(undefined);
    expect(
      found.some((value) => value?.includes(secretValue('')) && value.endsWith(`-${turn}`)),
      `${path}, ${when}`,
    ).toBe(true);
  }
}

function expectNothingLeft({ folder }: SealRun, when: string): void {
  expect(readdirSync(join(folder, '.stowage')), when).toEqual(['.gitignore', 'staging']);
  expect(readdirSync(join(folder, '.stowage/staging')), when).toEqual([]);
}

test.each([
  ['into files that are there', true],
  ['where nothing was sealed before', false],
])('a seal that is killed leaves old and new files, and the next run does the rest: %s', (_, anew) => {
  let run = sealRun();
  if (anew) expect(seal(run, 0)).toMatchObject({ status: 0 });
  let kills = 0;
  for (let turn = 1; ; turn += 1) {
    if (!anew) run = sealRun();
    const before = readTree(run.folder);
    const killed = seal(run, turn, turn);
    const when = `killed at ${turn}`;
    expectWhole(run, before, turn, when);
    if (killed.signal !== 'SIGKILL') {
      expect(killed).toEqual({ status: 0, signal: null, stderr: '' });
      break;
    }
    kills += 1;
    expect(existsSync(join(run.folder, '.stowage/staging')), when).toBe(true);
    expect(seal(run, turn), when).toEqual({ status: 0, signal: null, stderr: '' });
    expect(opened(run, files.session), when).toEqual({ token: values(turn).token, salt: values(turn).salt });
    expectNothingLeft(run, when);
  }
  // Each of three files.
  expect(kills).toBe(3);
});
