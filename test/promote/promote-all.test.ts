import { beforeAll, expect, test } from 'vitest';
import type { ChangeResult } from '../../src/promote/carry-out.ts';
import { promoteAll } from '../../src/promote/promote-all.ts';
import { fleetHost } from './support/fleet-host.ts';
import { healthyAt } from './support/healthy-at.ts';
import { expectCompiled, type Journey, monday, refsOf, setOut } from './support/journey.ts';
import { automaticFleet, newInDev } from './support/travel-fleet.ts';

async function due(journey: Journey): Promise<Record<string, ChangeResult>> {
  const results = await promoteAll({}, journey.desk, { dryRun: false, due: true });
  if ('refused' in results) throw new Error(results.refused);
  return Object.fromEntries(results.map((result) => [result.key, result]));
}

const outcomes = (results: Record<string, ChangeResult>) =>
  Object.fromEntries(Object.entries(results).map(([key, { outcome }]) => [key, outcome]));

const stock = { 'staging/stock': 'nothing', 'east/stock': 'nothing', 'west/stock': 'nothing' };

let journey: Journey;
beforeAll(async () => {
  journey = await setOut(await fleetHost(automaticFleet));
  journey.world.runs.set('dev', healthyAt(await journey.host.commit(newInDev), monday));
});

test('a scheduled run takes it from dev to production, step by step, and is quiet in between', async () => {
  const { host, desk, world } = journey;
  const waiting = (why: string) => ({ outcome: 'waiting', reason: expect.stringContaining(why) });
  expect(await due(journey)).toMatchObject({ 'staging/shop': { outcome: 'merged' }, 'east/shop': waiting('Argo CD') });
  await expectCompiled(host);
  const merged = host.head();

  const quiet = async () => {
    const refs = refsOf(journey);
    const results = await due(journey);
    expect(refsOf(journey)).toBe(refs);
    return results;
  };
  world.runs.set('staging', healthyAt(merged, monday));
  world.time = '2026-06-01T11:00:00Z';
  expect(await quiet()).toMatchObject({ 'east/shop': waiting('healthy for 1h'), 'west/shop': waiting('healthy for 1h') });

  world.time = '2026-06-01T12:00:00Z';
  expect(outcomes(await due(journey))).toEqual({
    ...stock,
    'staging/shop': 'nothing',
    'east/shop': 'opened',
    'west/shop': 'opened',
  });
  const again = await quiet();
  expect(again['east/shop']).toMatchObject({ outcome: 'unchanged', reason: '0 of 1 approval of reviewer; not green yet: ci' });

  const pulls = await desk.forge.list('open');
  expect(pulls.map(({ head }) => head.branch)).toEqual(['stowage/promote/east/shop', 'stowage/promote/west/shop']);
  for (const { number, head } of pulls) {
    await desk.forge.approve?.(number, 'passer-by', head.sha);
    await desk.forge.setStatus(head.sha, 'success', 'ci', 'all is well');
  }
  expect((await due(journey))['west/shop']?.reason).toBe('0 of 1 approval of reviewer');
  for (const { number, head } of pulls) await desk.forge.approve?.(number, 'reviewer', head.sha);

  world.time = '2026-06-01T17:00:00Z';
  expect((await due(journey))['east/shop']).toMatchObject(waiting('east is closed'));
  await quiet();
  world.time = '2026-06-02T09:00:00Z';
  world.runs.set('staging', healthyAt(merged, monday, { health: 'Degraded' }));
  expect((await due(journey))['east/shop']).toMatchObject(waiting('is Degraded'));
  expect(await desk.forge.statuses(pulls[0]?.head.sha as string)).toContainEqual(
    expect.objectContaining({ context: 'stowage/gates', state: 'pending' }),
  );
  world.runs.set('staging', healthyAt(merged, monday));
  // Merging one of them leaves the other as it was approved.
  expect(outcomes(await due(journey))).toEqual({
    ...stock,
    'staging/shop': 'nothing',
    'east/shop': 'merged',
    'west/shop': 'merged',
  });
  await expectCompiled(host);
  expect(await desk.forge.list('all')).toHaveLength(3);
  expect(new Set(Object.values(outcomes(await quiet())))).toEqual(new Set(['nothing']));
});
