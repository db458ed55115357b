import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../support/fleet-files.ts';
import { stowage } from '../../support/run-cli.ts';
import { changeFleet, replaceIn } from './changed-fleet.ts';

/** When the pictures are taken: the last run of drift was a day before. */
const now = '2026-11-21T09:30:00Z';
const days = ['2026-11-02T08:00:00Z', '2026-11-19T14:10:00Z'];

/**
 * The reference fleet as somebody finds it on a working day: a release on its way through the pipeline, with a
 * repository that can be asked, edits that nobody has committed, and the drift of some weeks.
 */
export function makePicturedReport(folder: string): string {
  const fleet = join(folder, 'fleet');
  mkdirSync(fleet);
  for (const name of ['stowage.yaml', 'systems', 'clusters', 'base', 'overlays', 'argocd'])
    cpSync(join(repository, name), join(fleet, name), { recursive: true });
  replaceIn(fleet, 'stowage.yaml', '  promotion:\n', '  publish: { host: local, repository: ../origin.git }\n  promotion:\n');
  run(fleet, 'compile', '--quiet', '--no-verify');
  git(fleet, days[0] as string, 'init', '--quiet', '--initial-branch=main');
  commit(fleet, days[0] as string);
  run(fleet, 'release', 'thunderline', '2.2.0', '--quiet');
  replaceIn(fleet, 'clusters/staging/staging.yaml', '    thunderline:\n', '    thunderline:\n      release: 2.2.0\n');
  run(fleet, 'compile', '--quiet', '--no-verify');
  commit(fleet, days[1] as string);
  git(fleet, now, 'clone', '--quiet', '--bare', '.', join(folder, 'origin.git'));
  git(fleet, now, 'remote', 'add', 'origin', '../origin.git');
  changeFleet(fleet);
  cpSync(join(repository, 'test/page/runs'), join(fleet, 'runs'), { recursive: true });
  const report = join(folder, 'report.html');
  run(fleet, 'report', '--drift', 'runs', '-o', report);
  return report;
}

function commit(fleet: string, day: string): void {
  git(fleet, day, 'add', '.');
  git(fleet, day, 'commit', '--quiet', '--message', 'The fleet');
}

function git(fleet: string, day: string, ...words: string[]): void {
  const who = ['-c', 'user.name=Stowage', '-c', 'user.email=stowage@localhost'];
  const dates = { GIT_AUTHOR_DATE: day, GIT_COMMITTER_DATE: day };
  execFileSync('git', [...who, ...words], {
    cwd: fleet,
    env: { ...process.env, ...dates },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function run(fleet: string, ...words: string[]): void {
  const { code, err } = stowage(words, { in: fleet, env: { SOURCE_DATE_EPOCH: String(Date.parse(now) / 1000) } });
  if (code !== 0) throw new Error(`stowage ${words.join(' ')}:\n${err}`);
}
