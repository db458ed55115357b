import { beforeAll, expect, test } from 'vitest';
import { promoteAll } from '../../src/promote/promote-all.ts';
import { git } from '../support/git-folder.ts';
import { fleetHost } from './support/fleet-host.ts';
import { healthyAt } from './support/healthy-at.ts';
import { act, branchOff, type Journey, merge, preview, promotion, refsOf, setOut } from './support/journey.ts';
import { edited, newInDev, travelFleet } from './support/travel-fleet.ts';

/** Staging has what dev has, and is asked about; nothing of what follows writes anything. */
let journey: Journey;
let merged: string;
let old: string;

beforeAll(async () => {
  journey = await setOut(await fleetHost(travelFleet));
  old = await journey.host.commit(newInDev);
  merged = await merge(await act(promotion('staging'), journey), journey);
});

const since = '2026-06-01T10:05:00Z';
const soaked = '2026-06-01T12:05:00Z';

async function expectHeld(why: RegExp, order = promotion('east')): Promise<void> {
  const refs = refsOf(journey);
  const { outcome, reason, advice } = await act(order, journey);
  expect(outcome).toBe('refused');
  expect(reason).toMatch(why);
  expect(advice).toContain('--override');
  expect(refsOf(journey)).toBe(refs);
}

test('what ran well for long enough, at the right time, goes on', async () => {
  journey.world.runs.set('staging', healthyAt(merged, since));
  journey.world.time = soaked;
  const { outcome, gates, proposal } = await preview(promotion('east'), journey);
  expect({ outcome, gates }).toEqual({ outcome: 'preview', gates: [] });
  expect(proposal?.gates.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['health open', 'soak open', 'window open']);
});

test('a second before it has soaked it waits, and says for what', async () => {
  journey.world.runs.set('staging', healthyAt(merged, since));
  journey.world.time = '2026-06-01T12:04:59Z';
  await expectHeld(/^healthy for 1h59m, 2h are asked for$/);
});

test.each([
  ['before it opens', '2026-06-02T08:59:59Z'],
  ['as it closes', '2026-06-02T17:00:00Z'],
  ['on a Friday', '2026-06-05T12:00:00Z'],
])('a window that is closed holds it back: %s', async (_, time) => {
  journey.world.runs.set('staging', healthyAt(merged, since));
  journey.world.time = time;
  await expectHeld(/^east is closed: /);
});

test.each([
  ['Degraded', { health: 'Degraded' }, /is Degraded/],
  ['OutOfSync', { sync: 'OutOfSync' }, /is OutOfSync/],
  ['in the middle of a sync', { operation: 'running' as const }, /is being synced/],
])('where staging is %s it waits', async (_, more, why) => {
  journey.world.runs.set('staging', healthyAt(merged, since, more));
  journey.world.time = soaked;
  await expectHeld(why);
});

test('where staging runs what was there before it waits, however well that runs', async () => {
  journey.world.runs.set('staging', healthyAt(old, since));
  journey.world.time = soaked;
  await expectHeld(/is at [0-9a-f]{7}, which is not what is to be promoted/);
});

test('a later commit that changed nothing of it is as good', async () => {
  const other = await branchOff(journey);
  const later = await other.host.commit({
    'systems/stock/system.yaml': edited('systems/stock/system.yaml', 'stock:1.0.0', 'stock:2.0.0'),
  });
  other.world.runs.set(
    'staging',
    healthyAt(later, since, { history: [merged, later].map((revision) => ({ revision, deployedAt: since })) }),
  );
  other.world.time = soaked;
  expect(await preview(promotion('east'), other)).toMatchObject({ outcome: 'preview', gates: [] });
});

test('where Argo CD cannot be asked it waits, too', async () => {
  journey.world.time = soaked;
  journey.world.runs.delete('staging');
  await expectHeld(/nothing says how to ask Argo CD/);
  journey.world.runs.set('staging', { unknown: 'argocd.example.com does not answer' });
  await expectHeld(/argocd.example.com does not answer/);
});

test('a wave that has not got it is not passed by', async () => {
  const other = await setOut(await fleetHost(travelFleet), soaked);
  await other.host.commit(newInDev);
  other.world.runs.set('dev', healthyAt(other.host.head(), since));
  const { outcome, reason } = await act(promotion('east', { from: 'dev' }), other);
  expect(outcome).toBe('refused');
  expect(reason).toContain('staging runs 1.0.0 and has not got 1.0.1 yet');
  const { outcome: empty, reason: has } = await act(promotion('east'), other);
  expect({ empty, has }).toEqual({ empty: 'nothing', has: 'east has all of shop that staging has' });
});

test('an override opens it with its reason in the pull request and in the commit', async () => {
  const other = await branchOff(journey);
  other.world.time = '2026-06-06T03:00:00Z';
  other.world.runs.set('staging', healthyAt(merged, since, { health: 'Degraded' }));
  const opened = await act(promotion('east', { override: 'the shop is down' }), other);
  expect(opened).toMatchObject({ outcome: 'opened', gates: [{ kind: 'approval' }] });
  const pull = await other.desk.forge.get(opened.pullRequest?.number as number);
  expect(pull?.body).toContain('**Gates were overridden:** `the shop is down`');
  expect(pull?.body).toMatch(/- \[ \] health: .*is Degraded/);
  expect(pull?.body).toMatch(/- \[ \] window: .*east is closed/);
  const landed = await merge(opened, other);
  expect(git(other.host.folder, 'log', '-1', '--format=%B', landed)).toContain('\nGates were overridden: the shop is down\n');
});

test('an override of what is open already is told there, and approvals stay', async () => {
  const other = await branchOff(journey);
  other.world.time = soaked;
  other.world.runs.set('staging', healthyAt(merged, since));
  const opened = await act(promotion('east'), other);
  const pull = await other.desk.forge.get(opened.pullRequest?.number as number);
  other.world.time = '2026-06-06T03:00:00Z';
  expect((await act(promotion('east'), other)).reason).toMatch(/^east is closed/);
  const again = await act(promotion('east', { override: 'the shop is down' }), other);
  expect(again).toMatchObject({ outcome: 'updated', pullRequest: opened.pullRequest, gates: [{ kind: 'approval' }] });
  const now = await other.desk.forge.get(opened.pullRequest?.number as number);
  expect(now?.head.sha).toBe(pull?.head.sha);
  expect(now?.body).toContain('**Gates were overridden:** `the shop is down`');
  await other.desk.forge.approve?.(now?.number as number, 'reviewer', now?.head.sha as string);
  await promoteAll({ environment: ['east'] }, other.desk, { dryRun: false, due: true });
  expect(await other.desk.forge.statuses(now?.head.sha as string)).toContainEqual({
    context: 'stowage/gates',
    state: 'success',
    description: 'overridden: the shop is down',
  });
  // A scheduled run knows of it, and has nothing to add.
  const refs = refsOf(other);
  const results = await promoteAll({ environment: ['east'] }, other.desk, { dryRun: false, due: true });
  expect(results).toMatchObject([{ outcome: 'unchanged', gates: [] }, { outcome: 'nothing' }]);
  expect(refsOf(other)).toBe(refs);
});
