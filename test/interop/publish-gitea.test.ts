import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder, withFiles, writeFiles } from '../support/fleet-files.ts';
import { startStowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';
import { type GiteaServer, owner, startGitea } from './gitea-server.ts';
import { installGitea } from './install-gitea.ts';

let gitea: GiteaServer;
beforeAll(async () => {
  gitea = await startGitea(await installGitea());
}, 30 * 60_000);
afterAll(() => gitea?.stop());

const at = (path = '') => `/repos/${owner}/config${path}`;

interface Published {
  readonly results: readonly {
    key: string;
    outcome: string;
    branch: string;
    reason?: string;
    pullRequest?: { number: number };
  }[];
}

test('a fleet is published, published again, edited by a person, merged', async () => {
  await gitea.ask('POST', '/user/repos', { name: 'config', auto_init: true, default_branch: 'main' });
  const description = String(smallFleet.get('stowage.yaml')).replace(
    'repository: {url: "https://git.example.com/small.git"}',
    `repository: {url: "${gitea.url}/${owner}/config.git"}\n  publish: {host: gitea, labels: [stowage]}`,
  );
  const folder = temporaryFolder(withFiles(smallFleet, { 'stowage.yaml': description, '.gitignore': '.stowage\n' }));
  const home = temporaryFolder();
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=Operator', '-c', 'user.email=operator@example.com', ...words], { cwd: folder });
  const run = async (...words: string[]) => {
    const { code, out, err } = await startStowage(words, {
      in: folder,
      env: { STOWAGE_TOKEN: gitea.token, XDG_CACHE_HOME: home },
    }).end;
    expect(`${out}${err}`).not.toContain(gitea.token);
    return { code, out, err };
  };
  const publish = async () => {
    const { out, err, code } = await run('publish', '--json');
    expect(err).toBe('');
    const { results } = JSON.parse(out) as Published;
    return { code, results, outcomes: Object.fromEntries(results.map(({ key, outcome }) => [key, outcome])) };
  };
  const commit = (message: string) => {
    git('add', '-A');
    git('commit', '-q', '-m', message);
  };

  git('init', '-q');
  expect(await run('compile')).toMatchObject({ code: 0 });
  commit('begin');
  const all = (outcome: string) =>
    Object.fromEntries(['dev/shop', 'dev/stock', 'prod/shop', 'prod/stock'].map((key) => [key, outcome]));
  const first = await publish();
  expect(first.outcomes).toEqual(all('opened'));
  const pulls = await gitea.ask<{ labels: { name: string }[] }[]>('GET', at('/pulls?state=all'));
  expect(pulls.map(({ labels }) => labels.map(({ name }) => name))).toEqual(Array(4).fill(['stowage']));
  expect((await publish()).outcomes).toEqual(all('unchanged'));

  // A person edits one of them on the host.
  const { branch = '' } = first.results.find(({ key }) => key === 'prod/stock') ?? {};
  const content = Buffer.from('note\n').toString('base64');
  await gitea.ask('POST', at('/contents/NOTE.md'), { message: 'Note why', content, branch });
  writeFiles(
    folder,
    new Map([
      ['clusters/prod/prod.yaml', String(smallFleet.get('clusters/prod/prod.yaml')).replace('replicas: 3', 'replicas: 4')],
    ]),
  );
  expect(await run('compile')).toMatchObject({ code: 0 });
  commit('more');
  const second = await publish();
  expect(second.outcomes).toMatchObject({ 'prod/shop': 'updated', 'prod/stock': 'blocked' });
  expect(second.results.find(({ key }) => key === 'prod/stock')?.reason).toContain('Note why');
  expect(second.code).toBe(1);

  const number = second.results.find(({ key }) => key === 'prod/shop')?.pullRequest?.number;
  expect(await run('pr', 'merge', `${number}`)).toMatchObject({ code: 0, err: '' });
  const overlay = await gitea.ask<{ content: string }>('GET', at('/contents/overlays/prod/shop/kustomization.yaml?ref=main'));
  expect(Buffer.from(overlay.content, 'base64').toString()).toBe(
    readFileSync(join(folder, 'overlays/prod/shop/kustomization.yaml'), 'utf8'),
  );
  expect((await publish()).outcomes).not.toHaveProperty('prod/shop');
  expect((await gitea.ask<object[]>('GET', at('/pulls?state=all'))).length).toBe(4);

  for (const place of [folder, home])
    for (const entry of readdirSync(place, { recursive: true, withFileTypes: true }))
      if (entry.isFile())
        expect(readFileSync(join(entry.parentPath, entry.name), 'latin1').includes(gitea.token), entry.name).toBe(false);
});
