import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { repository, temporaryFolder } from '../support/fleet-files.ts';
import { git } from '../support/git-folder.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

let fleet: string;

function comment(words: readonly string[], input: string): { code: number | null; out: string; err: string } {
  const program = [join(repository, 'bin/stowage.cjs'), 'pr', 'comment', ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, { cwd: fleet, input, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

beforeAll(() => {
  fleet = temporaryFolder(smallFleet);
});

test('there is nothing to comment before something is published', () => {
  expect(comment(['1'], 'x')).toMatchObject({ code: 2, err: expect.stringContaining('nothing was published yet') });
});

test('one comment is kept for each mark', () => {
  expect(stowage(['compile', '-q', '--no-verify'], { in: fleet }).code).toBe(0);
  expect(stowage(['publish', '-q', '-e', 'dev', '-s', 'shop'], { in: fleet })).toMatchObject({ code: 0, err: '' });
  for (const [mark, text] of [
    ['plan', 'one'],
    ['plan', 'two'],
    ['other', 'three'],
  ] as const)
    expect(comment(['1', '--marker', mark], text)).toEqual({ code: 0, out: 'said on #1\n', err: '' });
  const stored = git(join(fleet, '.stowage/config.git'), 'cat-file', 'blob', 'refs/stowage/pull/1/meta:pull.json');
  expect(JSON.parse(stored).comments).toEqual({ plan: 'two', other: 'three' });
});

test.each([
  [['1'], '', 'there is nothing on standard input'],
  [['1', '--marker', '-->'], 'x', 'a marker is'],
  [['1', '--host', 'github'], 'x', '--host and --repository go together'],
  [['9'], 'x', 'there is no pull request 9'],
])('%j with %j is refused', (words, input, problem) => {
  const { code, err } = comment(words, input);
  expect(code).toBeGreaterThan(1);
  expect(err).toContain(problem);
});
