import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { localForge } from '../../src/forge/local.ts';
import { readTree, temporaryFolder } from '../support/fleet-files.ts';
import { runCli } from '../support/kill-cli.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';
import { git } from './support/real-host.ts';

const cache = temporaryFolder();
const env = { XDG_CACHE_HOME: cache };
let fleet: string;

const config = () => join(fleet, '.stowage/config.git');
const edit = (path: string, from: string, to: string) =>
  writeFileSync(join(fleet, path), readFileSync(join(fleet, path), 'utf8').replace(from, to));
const run = (...words: string[]) => stowage(words, { in: fleet, env });
const results = (...words: string[]) =>
  (JSON.parse(run('publish', '--json', ...words).out) as { results: { key: string; outcome: string }[] }).results;
const outcomes = (...words: string[]) => Object.fromEntries(results(...words).map(({ key, outcome }) => [key, outcome]));
function commit(message: string) {
  git(fleet, 'add', '-A');
  git(fleet, 'commit', '-q', '-m', message);
}

beforeAll(() => {
  fleet = temporaryFolder(smallFleet);
  git(fleet, 'init', '-q');
  commit('begin');
});

test('from a description to merged pull requests, and a deletion that must be named', () => {
  expect(run('publish')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('run `stowage compile`') });
  expect(run('pr', 'list').out).toBe('there are no open pull requests\n');
  expect(run('compile', '-q')).toMatchObject({ code: 0, err: '' });
  commit('compiled');

  const before = [...readTree(fleet)].length;
  expect(outcomes('--dry-run', '-e', 'dev')).toEqual({ 'dev/shop': 'opened', 'dev/stock': 'opened' });
  expect([...readTree(fleet)].length).toBe(before);

  // Ended at each of its steps in turn, one after the other; what is left is done by the last.
  let kills = 0;
  for (let at = 1; at < 60; at += 4) {
    const { signal } = runCli(fleet, ['publish', '-q', '-e', 'dev'], { ...env, STOWAGE_FAILPOINT: String(at) });
    if (signal !== 'SIGKILL') break;
    kills += 1;
  }
  expect(kills).toBeGreaterThan(1);
  const all = run('publish');
  expect(all).toMatchObject({ code: 0, err: '' });
  expect(outcomes()).toEqual({
    'dev/shop': 'unchanged',
    'dev/stock': 'unchanged',
    'prod/shop': 'unchanged',
    'prod/stock': 'unchanged',
  });
  expect(run('pr', 'list').out.trim().split('\n')).toHaveLength(4);

  expect(run('pr', 'show', '1').out).toContain('Deployment/shop-web');
  for (const number of ['1', '2', '3', '4']) expect(run('pr', 'merge', number)).toMatchObject({ code: 0, err: '' });
  expect(run('publish').out).toBe('the config repository holds what the fleet describes\n');
  for (const [path, text] of readTree(fleet))
    if (/^(base|overlays|argocd)\//.test(path)) expect(`${git(config(), 'show', `main:${path}`)}\n`, path).toBe(text);

  edit('systems/shop/system.yaml', '      ingress: {host: "shop.${parameters.domain}", tls: {issuer: letsencrypt}}\n', '');
  expect(run('compile', '-q')).toMatchObject({ code: 0 });
  commit('no ingress');
  const blocked = run('publish');
  expect(blocked.code).toBe(1);
  expect(blocked.err).toContain('--allow-delete Ingress/shop-web');
  expect(run('publish', '--allow-delete', 'Ingress/shop-web')).toMatchObject({ code: 0, err: '' });

  // Older inputs take nothing back.
  git(fleet, 'checkout', '-q', 'HEAD~1');
  const older = run('publish');
  expect(older.code).toBe(1);
  expect(older.err).toContain('newer than these');
  git(fleet, 'checkout', '-q', '-');
});

test('a commit that a person pushed is never lost', () => {
  const branch = 'stowage/compile/dev/shop';
  const clone = join(temporaryFolder(), 'clone');
  git(fleet, 'clone', '-q', config(), clone);
  git(clone, 'checkout', '-q', branch);
  writeFileSync(join(clone, 'overlays/dev/shop/note.txt'), 'mine\n');
  git(clone, 'add', '-A');
  git(clone, 'commit', '-q', '-m', 'A note');
  git(clone, 'push', '-q', 'origin', branch);
  const mine = git(config(), 'rev-parse', branch);
  edit('systems/shop/system.yaml', 'shop:1.0.0', 'shop:1.0.1');
  run('compile', '-q');
  commit('another image');
  const { code, err } = run('publish', '-e', 'dev', '--allow-delete', 'Ingress/shop-web');
  expect(code).toBe(1);
  expect(err).toContain(`the branch ${branch} carries a commit that Stowage did not make: ${mine.slice(0, 12)} A note`);
  expect(git(config(), 'rev-parse', branch)).toBe(mine);
});

test("into the fleet's own repository inputs and output go together, unless its branch moved in them", () => {
  const origin = join(temporaryFolder(), 'origin.git');
  const own = temporaryFolder(
    new Map([
      ...smallFleet,
      ['stowage.yaml', `${smallFleet.get('stowage.yaml')}  publish: {repository: ${origin}}\n`],
      ['.gitignore', '.stowage/\n'],
    ]),
  );
  const here = (...words: string[]) => stowage(words, { in: own, env });
  git(own, 'init', '-q', '--bare', '--initial-branch=main', origin);
  git(own, 'init', '-q', '--initial-branch=main');
  git(own, 'remote', 'add', 'origin', origin);
  expect(here('compile', '-q')).toMatchObject({ code: 0 });
  git(own, 'add', '-A');
  git(own, 'commit', '-q', '-m', 'begin');
  git(own, 'push', '-q', 'origin', 'main');
  expect(here('publish')).toMatchObject({ code: 0, out: 'the config repository holds what the fleet describes\n' });
  const file = join(own, 'clusters/dev/dev.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('replicas: 2', 'replicas: 4'));
  expect(here('compile', '-q')).toMatchObject({ code: 0 });
  expect(here('publish', '--group', 'system')).toMatchObject({
    code: 2,
    err: expect.stringContaining('inputs and output change together'),
  });
  expect(here('publish')).toMatchObject({ code: 0, out: expect.stringContaining('opened    all #1: 2 files') });
  expect(git(origin, 'diff', '--name-only', 'main', 'stowage/compile/_all')).toBe(
    'clusters/dev/dev.yaml\noverlays/dev/shop/kustomization.yaml',
  );

  const clone = join(temporaryFolder(), 'clone');
  git(own, 'clone', '-q', origin, clone);
  writeFileSync(
    join(clone, 'clusters/prod/prod.yaml'),
    `${readFileSync(join(clone, 'clusters/prod/prod.yaml'), 'utf8')}# noted\n`,
  );
  git(clone, 'commit', '-q', '-a', '-m', 'Another');
  git(clone, 'push', '-q', 'origin', 'main');
  git(own, 'fetch', '-q', 'origin');
  expect(here('publish')).toMatchObject({
    code: 1,
    err: expect.stringContaining('the branch changed clusters/prod/prod.yaml since'),
  });
});

test('what is published is found where it was published', () => {
  const own = temporaryFolder(smallFleet);
  const here = (...words: string[]) => stowage(words, { in: own, env });
  expect(here('compile', '-q')).toMatchObject({ code: 0, err: '' });
  expect(here('publish', '-q')).toMatchObject({ code: 0, err: '' });
  for (const number of ['1', '2', '3', '4']) expect(here('pr', 'merge', number)).toMatchObject({ code: 0, err: '' });
  expect(here('plan', '--from', 'published')).toMatchObject({ code: 0, out: expect.stringContaining('nothing changes') });
  expect(here('drift', '--between', 'repository')).toMatchObject({ code: 0, err: '' });
  expect(here('report', '--from', 'published', '-o', '-', '--offline')).toMatchObject({ code: 0, err: '' });
});

test('what somebody closed is offered again once it is reopened', () => {
  const own = temporaryFolder(smallFleet);
  const here = (...words: string[]) => stowage(words, { in: own, env });
  const publish = () => here('publish', '-e', 'dev', '-s', 'shop');
  expect(here('compile', '-q')).toMatchObject({ code: 0, err: '' });
  expect(publish()).toMatchObject({ code: 0, err: '' });
  const bare = join(own, '.stowage/config.git');
  const offered = git(bare, 'rev-parse', 'stowage/compile/dev/shop');
  expect(here('pr', 'reopen', '1')).toMatchObject({ code: 2, err: expect.stringContaining('pull request 1 is open') });
  expect(here('pr', 'close', '1')).toMatchObject({ code: 0, err: '' });
  expect(publish()).toMatchObject({ code: 1, err: expect.stringContaining('`stowage pr reopen 1` if it is wanted after all') });
  expect(here('pr', 'reopen', '1').out).toMatch(/^open #1 dev\/shop: /);
  expect(git(bare, 'rev-parse', 'stowage/compile/dev/shop')).toBe(offered);
  expect(publish()).toMatchObject({ code: 0, out: expect.stringContaining('unchanged dev/shop #1') });
  expect(here('pr', 'merge', '1')).toMatchObject({ code: 0, err: '' });
  expect(here('pr', 'reopen', '1')).toMatchObject({ code: 2, err: expect.stringContaining('pull request 1 is merged') });
});

test('no repository is made among files of somebody else', () => {
  const other = temporaryFolder(new Map([['notes.txt', 'mine\n']]));
  const text = `${smallFleet.get('stowage.yaml')}  publish: {repository: ${other}}\n`;
  const own = temporaryFolder(new Map([...smallFleet, ['stowage.yaml', text]]));
  const here = (...words: string[]) => stowage(words, { in: own, env });
  expect(here('compile', '-q')).toMatchObject({ code: 0, err: '' });
  for (const words of [['publish'], ['publish', '--dry-run'], ['pr', 'list']])
    expect(here(...words)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(`${other} is there and is no repo`) });
  expect([...readTree(other)]).toEqual([['notes.txt', 'mine\n']]);
  rmSync(join(other, 'notes.txt'));
  expect(here('publish', '-q')).toMatchObject({ code: 0, err: '' });
});

test('a pull request says what its inputs were, whatever is short', () => {
  const own = temporaryFolder(smallFleet);
  const here = (...words: string[]) => stowage(words, { in: own, env }).out;
  here('compile', '-q');
  here('publish', '-q', '-e', 'dev', '-s', 'shop');
  const unversioned = here('pr', 'show', '1');
  expect(unversioned).toContain('success stowage: compiled from unversioned inputs and proven with kustomize\n');
  expect(unversioned).toContain('→ `inputs unversioned`');
  git(own, 'init', '-q');
  git(own, 'add', 'stowage.yaml');
  git(own, 'commit', '-q', '-m', 'begin');
  const begun = git(own, 'rev-parse', 'HEAD');
  here('publish', '-q', '-e', 'prod', '-s', 'shop');
  const dirty = here('pr', 'show', '2');
  expect(dirty).toContain(`success stowage: compiled from ${begun.slice(0, 12)}-dirty and proven`);
  expect(dirty).toContain(`→ \`inputs ${begun.slice(0, 7)}-dirty\``);
});

test('wrong words are told as such', () => {
  for (const words of [
    ['pr', 'lst'],
    ['pr', 'merge'],
    ['pr', 'show', 'x'],
    ['pr', 'show', '99'],
    ['publish', '--purpose', 'a/b'],
    ['publish', '--group', 'all', '-e', 'dev'],
    ['publish', '-e', 'nowhere'],
  ])
    expect(run(...words).code, words.join(' ')).toBe(2);
});

test('many that open at once open one pull request of a branch, with numbers of their own', async () => {
  const folder = join(temporaryFolder(), 'many.git');
  git(fleet, 'init', '-q', '--bare', '--initial-branch=main', folder);
  const tree = git(folder, 'mktree', '--missing');
  const head = git(folder, 'commit-tree', '-m', 'Start', tree);
  for (const name of ['main', 'a', 'b']) git(folder, 'update-ref', `refs/heads/${name}`, head);
  const request = { title: 't', body: '', labels: [], draft: false, base: 'main', reviewers: [] };
  const forges = Array.from({ length: 6 }, () => localForge({ folder }, () => 1));
  const opened = await Promise.all(forges.map((forge, index) => forge.open({ ...request, branch: index % 2 === 0 ? 'a' : 'b' })));
  expect(new Set(opened.map(({ number, head: { branch } }) => `${number} ${branch}`)).size).toBe(2);
  expect((await (forges[0] as (typeof forges)[0]).list('all')).map(({ number }) => number)).toEqual([1, 2]);
  rmSync(folder, { recursive: true });
});
