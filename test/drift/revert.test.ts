import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { schemas } from '../../src/build-facts.ts';
import type { CommandContext } from '../../src/commands/command-context.ts';
import { revertRepository } from '../../src/commands/revert-repository.ts';
import { repositoryDrift } from '../../src/drift/repository-drift.ts';
import { revertedOf } from '../../src/drift/revert-keys.ts';
import { revertOwn } from '../../src/drift/revert-own.ts';
import { renderFleet } from '../../src/plan/render-fleet.ts';
import { parseBuild } from '../../src/verify/parse-build.ts';
import { newest } from '../plan/plan-objects.ts';
import { type FleetHost, fleetHost } from '../promote/support/fleet-host.ts';
import { openTestDesk } from '../promote/support/test-desk.ts';
import { asBytes, temporaryFolder } from '../support/fleet-files.ts';
import { git } from '../support/git-folder.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { smallFleet } from '../support/small-fleet.ts';

const prod = 'overlays/prod/shop/kustomization.yaml';
const shared = 'base/shop/head/web.yaml';
const application = 'argocd/dev/dev/stock.application.yaml';
const environment = { ...process.env, XDG_CACHE_HOME: join(temporaryFolder(), 'cache') };

function driftIn(url: string) {
  const files = asBytes(smallFleet);
  const options = { compiler: 'test', schemas };
  const compiled = renderFleet({ name: 'here', files, options, selected: () => true, parse: parseBuild });
  return repositoryDrift({
    ...{ remote: { url, branch: 'main', path: '' }, compiled, clusters: ['dev', 'prod'] },
    ...{ selected: () => true, schemas: newest, call: { environment } },
  });
}

async function editedHost(): Promise<{ host: FleetHost; before: ReadonlyMap<string, string> }> {
  const host = await fleetHost(smallFleet);
  const before = await host.files();
  const text = (path: string) => before.get(path) as string;
  await host.push({
    [prod]: text(prod).replace('count: 3', 'count: 7'),
    [shared]: `${text(shared)}# mine\n`,
    [application]: text(application).replace('selfHeal: true', 'selfHeal: false'),
    'overlays/prod/stock/notes.txt': 'mine',
  });
  return { host, before };
}

test('edits of a repository that holds description and output are taken back by pull requests, those that are named', async () => {
  const { host, before } = await editedHost();
  const { desk, close } = await openTestDesk(host.folder, {
    now: () => new Date('2026-05-04T10:00:00Z'),
    statusOf: () => undefined,
  });
  const { findings, files } = await driftIn(host.folder);
  const all = revertedOf(findings.differences, files);
  expect(all.map(({ difference, files: from }) => [difference.id, from])).toEqual([
    [`repository:@dev#${shared}`, [shared]],
    [`repository:dev/stock#${application}`, [application]],
    ['repository:prod/shop/Deployment/shop-web#spec.replicas', [prod]],
    ['repository:prod/stock#overlays/prod/stock/notes.txt', ['overlays/prod/stock/notes.txt']],
  ]);

  const one = all.filter(({ difference }) => difference.overlay === 'dev/stock');
  const dry = await revertOwn(one, desk, { dryRun: true });
  expect(dry.results).toMatchObject([{ key: 'dev/stock', outcome: 'opened' }]);
  expect(git(host.folder, 'branch', '--list', 'stowage/*')).toBe('');
  const { results } = await revertOwn(one, desk, { dryRun: false });
  expect(results).toMatchObject([{ key: 'dev/stock', outcome: 'opened', branch: 'stowage/drift-revert/dev/stock' }]);
  expect((await revertOwn(one, desk, { dryRun: false })).results).toMatchObject([{ outcome: 'unchanged' }]);

  // What is edited beside it is not given up without being named.
  const beside = all.filter(({ difference }) => difference.overlay === 'prod/shop');
  expect((await revertOwn(beside, desk, { dryRun: false })).results).toMatchObject([
    { key: 'prod/shop', outcome: 'blocked', reason: expect.stringContaining(`${shared} was edited by hand`) },
  ]);

  for (const { key } of (await revertOwn(all, desk, { dryRun: false })).results)
    expect(['dev/shop', 'dev/stock', 'prod/shop', 'prod/stock']).toContain(key);
  for (const { number, head } of await desk.forge.list('open'))
    await desk.forge.merge(number, { sha: head.sha, method: 'merge' });
  expect(await host.files()).toEqual(before);
  expect((await driftIn(host.folder)).findings.differences).toEqual([]);
  close();
});

test('edits of a config repository are taken back by what this fleet compiles to', async () => {
  const fleet = temporaryFolder(smallFleet);
  git(fleet, 'init', '--quiet', '--initial-branch=main');
  const run = (...words: string[]) => runInProcess(fleet, words, environment);
  expect((await run('compile', '-q')).code).toBe(0);
  writeFileSync(join(fleet, '.gitignore'), '.stowage/\n');
  git(fleet, 'add', '--all');
  git(fleet, 'commit', '--quiet', '--message=begin');
  expect((await run('publish', '-q')).code).toBe(0);
  for (const number of ['1', '2', '3', '4']) expect((await run('pr', 'merge', number)).code).toBe(0);
  const config = join(fleet, '.stowage/config.git');
  git(config, 'config', 'uploadpack.allowFilter', 'true');

  const clone = join(temporaryFolder(), 'clone');
  git('/', 'clone', '--quiet', config, clone);
  writeFileSync(join(clone, prod), readFileSync(join(clone, prod), 'utf8').replace('count: 3', 'count: 7'));
  git(clone, 'commit', '--quiet', '--all', '--message=By hand');
  git(clone, 'push', '--quiet');

  const { findings, files } = await driftIn(config);
  const plain = (text: string) => text;
  const context: CommandContext = {
    ...{ folder: fleet, environment, out: () => {}, err: () => {}, interactive: false },
    palette: { error: plain, warning: plain, strong: plain, faint: plain },
    signal: new AbortController().signal,
    compute: async (work) => work(),
  };
  const { results } = await revertRepository(fleet, revertedOf(findings.differences, files), { dryRun: false }, context);
  expect(results).toMatchObject([{ key: 'prod/shop', outcome: 'opened', branch: 'stowage/drift-revert/prod/shop' }]);
  expect((await run('pr', 'merge', String(results[0]?.pullRequest?.number))).code).toBe(0);
  expect(git(config, 'show', `main:${prod}`)).toBe(readFileSync(join(fleet, prod), 'utf8'));
  expect((await driftIn(config)).findings.differences).toEqual([]);
});
