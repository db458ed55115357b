import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Difference } from '../../src/drift/difference.ts';
import { fails } from '../../src/drift/fails.ts';
import { driftLabel, trackDrift } from '../../src/drift/track-drift.ts';
import type { Issues } from '../../src/forge/forge.ts';
import { openRemoteForge } from '../../src/forge/open-remote-forge.ts';
import { difference, ledgerOf, missing } from '../drift/ledger-of.ts';
import { type FaultyProxy, startFaultyProxy } from '../forge/faulty-proxy.ts';
import { type GiteaServer, keepLog, owner, startGitea } from './gitea-server.ts';
import { installGitea } from './install-gitea.ts';

const buildTime = 30 * 60_000;
let gitea: GiteaServer;
let failed = false;
beforeAll(async () => {
  gitea = await startGitea(await installGitea());
}, buildTime);
afterAll(async () => {
  const log = await gitea?.stop();
  if (failed && log !== undefined) console.error(`the log of Gitea is kept: ${keepLog(log)}`);
});
afterEach(({ task }) => {
  failed ||= task.result?.state === 'fail';
});

let count = 0;
let name: string;
let proxy: FaultyProxy;
let issues: Issues;
beforeEach(async () => {
  count += 1;
  name = `config-${count}`;
  await gitea.ask('POST', '/user/repos', { name, auto_init: true, default_branch: 'main' });
  proxy = await startFaultyProxy(gitea.url);
  const remote = { host: 'gitea', repository: `${proxy.url}/${owner}/${name}.git` } as const;
  const forge = await openRemoteForge(remote, { STOWAGE_TOKEN: gitea.token }, { second: 100 });
  if (forge.issues === undefined) throw new Error('there are no issues');
  issues = forge.issues;
  return () => proxy.close();
});

interface Seen {
  readonly number: number;
  readonly state: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly { readonly name: string }[];
}

const at = (path = '') => `/repos/${owner}/${name}${path}`;
const all = () => gitea.ask<Seen[]>('GET', at('/issues?state=all&type=issues'));
const comments = () => gitea.ask<{ body: string }[]>('GET', at('/issues/1/comments'));
const byPerson = (changes: object) => gitea.ask('PATCH', at('/issues/1'), changes);
const writes = () => proxy.passed.filter((line) => !line.startsWith('GET'));

async function run(differences: readonly Difference[], changes = {}) {
  const ledger = ledgerOf(differences, [], changes);
  const [tracked] = await trackDrift(issues, ledger, fails(ledger));
  return tracked?.deed;
}

const scaled = difference();
const gone = missing('web');

test('an issue is opened, told of what is new, left alone, closed and reopened', async () => {
  expect(await run([])).toBe('nothing');
  expect(await run([scaled])).toBe('open');
  expect(await all()).toMatchObject([{ number: 1, state: 'open', title: 'Drift on prod-eu', labels: [{ name: driftLabel }] }]);
  const before = writes().length;
  expect(await run([scaled])).toBe('nothing');
  expect(writes()).toHaveLength(before);
  expect(await run([scaled, gone])).toBe('update');
  expect(await comments()).toMatchObject([{ body: expect.stringContaining(`- **new missing** \`${gone.id}\``) }]);
  expect(await run([], { unseen: [{ cluster: 'prod-eu', what: 'services', why: 'forbidden' }] })).toBe('update');
  expect(await run([])).toBe('close');
  expect(await all()).toMatchObject([{ state: 'closed', body: expect.stringContaining('**No difference**') }]);
  expect(await run([])).toBe('nothing');
  expect(await run([scaled])).toBe('reopen');
  expect(await all()).toMatchObject([{ number: 1, state: 'open' }]);
});

test('what a person closed is reopened for something new only', async () => {
  await run([scaled]);
  await byPerson({ state: 'closed' });
  expect(await run([scaled])).toBe('nothing');
  expect(await run([scaled, gone])).toBe('reopen');
});

test('issues of people, with and without labels, are left alone', async () => {
  await gitea.ask('POST', at('/issues'), { title: 'Drift on prod-eu', body: 'what does this mean?' });
  expect(await run([])).toBe('nothing');
  expect(await run([scaled])).toBe('open');
  await gitea.ask('POST', at('/issues/1/labels'), { labels: [driftLabel] });
  expect(await run([])).toBe('close');
  expect((await all()).map(({ number, state }) => [number, state])).toEqual(
    expect.arrayContaining([
      [1, 'open'],
      [2, 'closed'],
    ]),
  );
});

test.each(['lost', 'half', 'unheard', { status: 502, done: true }] as const)(
  'an answer goes wrong (%j): one issue, one comment',
  async (fault) => {
    proxy.fail(/^POST .*\/issues$/, fault);
    await run([scaled]);
    proxy.fail(/^POST .*\/comments$/, fault);
    proxy.fail(/^PATCH .*\/issues\/1$/, fault);
    await run([scaled, gone]);
    expect(await all()).toMatchObject([{ number: 1, state: 'open', body: expect.stringContaining(gone.id) }]);
    expect(await comments()).toHaveLength(1);
  },
);
