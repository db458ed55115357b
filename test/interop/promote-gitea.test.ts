import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openRemoteForge } from '../../src/forge/open-remote-forge.ts';
import type { ChangeResult } from '../../src/promote/carry-out.ts';
import { promoteAll } from '../../src/promote/promote-all.ts';
import { type FleetHost, fleetHost } from '../promote/support/fleet-host.ts';
import { healthyAt } from '../promote/support/healthy-at.ts';
import { act, expectCompiled, expectShown, type Journey, monday, promotion } from '../promote/support/journey.ts';
import { openTestDesk } from '../promote/support/test-desk.ts';
import { automaticFleet, newInDev } from '../promote/support/travel-fleet.ts';
import { git } from '../support/git-folder.ts';
import { type GiteaServer, keepLog, owner, startGitea } from './gitea-server.ts';
import { installGitea } from './install-gitea.ts';

let gitea: GiteaServer;
let failed = false;
beforeAll(async () => {
  gitea = await startGitea(await installGitea());
  await gitea.account('reviewer');
}, 30 * 60_000);
afterAll(async () => {
  const log = await gitea?.stop();
  if (failed && log !== undefined) console.error(`the log of Gitea is kept: ${keepLog(log)}`);
});
afterEach(({ task }) => {
  failed ||= task.result?.state === 'fail';
});

interface Hosted extends Journey {
  readonly at: (path: string) => string;
  /** Brings what Gitea has by now to where the test looks at it. */
  readonly follow: () => string;
}

/** A repository on Gitea that begins as this one is. */
async function hosted(name: string, host: FleetHost, world: Journey['world']): Promise<Hosted> {
  await gitea.ask('POST', '/user/repos', { name, default_branch: 'main' });
  const at = (path: string) => `/repos/${owner}/${name}${path}`;
  await gitea.ask('PUT', at('/collaborators/reviewer'), { permission: 'write' });
  const repository = `${gitea.url}/${owner}/${name}.git`;
  const { host: place } = new URL(gitea.url);
  const url = repository.replace('http://', `http://${owner}:${gitea.token}@`);
  git(host.folder, 'push', '--quiet', url, 'main');
  // Gitea takes notice of a first push in the background.
  await vi.waitFor(async () => expect(await gitea.ask('GET', at(''))).toMatchObject({ empty: false }), { timeout: 30_000 });
  const forge = await openRemoteForge({ host: 'gitea', repository }, { STOWAGE_TOKEN: gitea.token });
  const { desk } = await openTestDesk(repository, {
    ...{ forge, credentials: { token: gitea.token, host: place } },
    now: () => new Date(world.time),
    statusOf: (environment) => world.runs.get(environment),
  });
  const follow = () => {
    git(host.folder, 'fetch', '--quiet', url, '+main:main');
    return host.head();
  };
  return { host, desk, world, at, follow };
}

async function due({ desk }: Journey): Promise<Record<string, ChangeResult>> {
  const results = await promoteAll({ system: ['shop'] }, desk, { dryRun: false, due: true });
  if ('refused' in results) throw new Error(results.refused);
  return Object.fromEntries(results.map((result) => [result.key, result]));
}

interface Pull {
  readonly number: number;
  readonly head: { readonly ref: string; readonly sha: string };
  readonly body: string;
  readonly comments: number;
  readonly requested_reviewers: readonly { readonly login: string }[] | null;
}

const open = ({ at }: Hosted) => gitea.ask<Pull[]>('GET', at('/pulls?state=open'));

/** Without what Gitea counts by itself meanwhile. */
const ours = ({ number, head, body, comments }: Pull) => ({ number, ref: head.ref, sha: head.sha, body, comments });

/** As another person, on whose word the server's administrator may act here. */
async function approve({ number, head }: Pull, { at }: Hosted): Promise<void> {
  await gitea.ask('POST', at(`/pulls/${number}/reviews?sudo=reviewer`), { event: 'APPROVED', commit_id: head.sha, body: 'Good' });
}

test('a change travels by pull requests of Gitea: reviewers, approvals, statuses and merges are its own', async () => {
  const world: Journey['world'] = { time: monday, runs: new Map() };
  const host = await fleetHost(automaticFleet);
  world.runs.set('dev', healthyAt(await host.commit(newInDev), monday));
  const first = await hosted('first', host, world);
  expect((await due(first))['staging/shop']).toMatchObject({ outcome: 'merged' });
  world.runs.set('staging', healthyAt(first.follow(), monday));
  await expectCompiled(host);
  world.time = '2026-06-01T12:00:00Z';
  const second = await hosted('second', host.copy(), world);

  // By the schedule: both are opened, approved by somebody else, checked, and merged without a person.
  const opened = await due(first);
  expect([opened['east/shop']?.outcome, opened['west/shop']?.outcome]).toEqual(['opened', 'opened']);
  const [east, west] = (await open(first)).sort((one, other) => one.number - other.number) as [Pull, Pull];
  for (const pull of [east, west]) {
    expect(pull.requested_reviewers?.map(({ login }) => login)).toEqual(['reviewer']);
    expect(await gatesAt(pull, first)).toEqual(['pending', '0 of 1 approval of reviewer; not green yet: ci']);
  }
  const again = await due(first);
  expect([again['east/shop']?.outcome, again['west/shop']?.outcome]).toEqual(['unchanged', 'unchanged']);
  const later = (await open(first)).sort((one, other) => one.number - other.number);
  expect(later.map(ours)).toEqual([east, west].map(ours));
  expect([east.comments, west.comments]).toEqual([0, 0]);

  await approve(east, first);
  expect((await due(first))['east/shop']?.reason).toBe('not green yet: ci');
  await approve(west, first);
  for (const { head } of [east, west])
    await gitea.ask('POST', first.at(`/statuses/${head.sha}`), { context: 'ci', state: 'success', description: 'all is well' });
  const merged = await due(first);
  expect([merged['east/shop'], merged['west/shop']]).toMatchObject([
    { outcome: 'merged', pullRequest: { number: east.number } },
    { outcome: 'merged', pullRequest: { number: west.number } },
  ]);
  expect(await open(first)).toEqual([]);
  first.follow();
  await expectCompiled(host);

  // By hand, the other way round.
  const results = [await act(promotion('east'), second), await act(promotion('west'), second)];
  for (const { pullRequest, proposal } of results.toReversed()) {
    const before = await second.host.files();
    const number = pullRequest?.number as number;
    const sha = (await second.desk.forge.get(number))?.head.sha as string;
    expect(await second.desk.forge.merge(number, { sha, method: 'merge' })).toMatchObject({ state: 'merged' });
    second.follow();
    expectShown(proposal, before, await second.host.files());
  }
  expect(second.host.tree()).toBe(host.tree());
}, 600_000);

async function gatesAt({ head }: Pull, { at }: Hosted): Promise<string[]> {
  const statuses = await gitea.ask<{ context: string; status: string; description: string }[]>(
    'GET',
    at(`/commits/${head.sha}/statuses`),
  );
  return statuses
    .filter(({ context }) => context === 'stowage/gates')
    .flatMap(({ status, description }) => [status, description]);
}
