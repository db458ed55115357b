import { beforeAll, expect, test } from 'vitest';
import { fleetHost } from './support/fleet-host.ts';
import { healthyAt } from './support/healthy-at.ts';
import { act, branchOff, type Journey, merge, monday, preview, promotion, refsOf, setOut } from './support/journey.ts';
import { edited, frozen, newInDev, travelFleet } from './support/travel-fleet.ts';

let start: Journey;
beforeAll(async () => {
  start = await setOut(await fleetHost(travelFleet));
  await start.host.commit(newInDev);
});

test('what is held goes along where somebody names it, and only that', async () => {
  const journey = await branchOff(start);
  const result = await act(promotion('staging', { include: ['parameters.epochs'] }), journey);
  const taken = result.proposal?.intent.fields.map(({ name, class: kind, taken }) => `${name} ${kind} ${taken}`);
  expect(taken).toEqual([
    'parameters.domain local false',
    'parameters.features carry true',
    'parameters.epochs hold true',
    'components.web.replicas local false',
    'release carry true',
  ]);
  await merge(result, journey);
  expect((await journey.host.files()).get('clusters/staging/staging.yaml')).toContain(
    'parameters: { domain: staging.example.com, features: "a,b", epochs: 3 }\n      components: { web: { replicas: 2 } }',
  );
  // What was left behind at first follows alone.
  const other = await branchOff(start);
  await merge(await act(promotion('staging'), other), other);
  const then = await act(promotion('staging', { include: ['parameters.epochs'] }), other);
  expect(then.proposal?.intent.title).toBe('Promote configuration of shop to staging');
  await merge(then, other);
  expect(other.host.tree()).toBe(journey.host.tree());
});

test.each([
  ['a local field', 'parameters.domain', 'its System says `promote: local`, so it stays as it is'],
  ['a field that is the same', 'parameters.epoch', 'nothing of that name differs'],
])('%s is not taken by name', async (_, name, why) => {
  const { outcome, reason } = await preview(promotion('staging', { include: [name] }), start);
  expect({ outcome, reason }).toEqual({ outcome: 'refused', reason: `--include ${name}: ${why}` });
});

test('nothing goes backwards', async () => {
  const journey = await branchOff(start);
  const files = await journey.host.inputs();
  await journey.host.commit({
    ...Object.fromEntries(frozen(files, '1.0.1')),
    'clusters/east/east.yaml': edited('clusters/east/east.yaml', 'release: "1.0.0" #', 'release: "1.0.1" #', files),
  });
  const refs = refsOf(journey);
  const { outcome, reason, advice } = await act(promotion('east', { override: 'go on' }), journey);
  expect(outcome).toBe('refused');
  expect(reason).toBe('east runs shop 1.0.1, and staging has the older 1.0.0');
  expect(advice).toContain('stowage rollback east/shop --to 1.0.0');
  const back = await act(promotion('dev', { from: 'staging' }), journey);
  expect(back.outcome).toBe('refused');
  expect(refsOf(journey)).toBe(refs);
});

const secret = '  secrets:\n    login: { keys: { password: { minLength: 8 } } }\n  components:\n';

test('production does not get a secret that nobody has sealed for it', async () => {
  const journey = await branchOff(start);
  const { host, desk, world } = journey;
  const path = 'systems/shop/system.yaml';
  const text = edited(path, '  components:\n', secret, await host.inputs()).replace(
    'env: { FEATURES',
    'env: { PASSWORD: "${secrets.login.password}", FEATURES',
  );
  await host.commit({ [path]: text });
  world.runs.set('staging', healthyAt(await merge(await act(promotion('staging'), journey), journey), monday));
  world.time = '2026-06-01T12:00:00Z';
  const refs = refsOf(journey);
  const shown = await preview(promotion('east'), journey);
  expect(shown).toMatchObject({ outcome: 'preview', reason: expect.stringContaining('login'), gates: [] });
  const { outcome, reason } = await act(promotion('east', { override: 'go on' }), journey);
  expect({ outcome, reason }).toEqual({ outcome: 'blocked', reason: shown.reason });
  expect(await desk.forge.list('open')).toEqual([]);
  expect(refsOf(journey)).toBe(refs);
});

test('a branch that does not hold what its description means is not built upon', async () => {
  const journey = await branchOff(start);
  const path = 'overlays/staging/shop/web.yaml';
  const text = (await journey.host.files()).get(path);
  await journey.host.push({ [path]: `${text}# by hand\n` });
  const { outcome, reason } = await act(promotion('staging'), journey);
  expect({ outcome, reason }).toEqual({
    outcome: 'refused',
    reason: `${path} on branch main is not what the description there says`,
  });
});
