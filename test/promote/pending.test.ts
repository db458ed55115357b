import { beforeAll, expect, test } from 'vitest';
import type { Order } from '../../src/promote/order.ts';
import { parseBumps } from '../../src/promote/parse-bump.ts';
import { fleetHost } from './support/fleet-host.ts';
import { act, branchOff, type Journey, merge, promotion, refsOf, setOut } from './support/journey.ts';
import { edited, newInDev, travelFleet } from './support/travel-fleet.ts';

const shop = 'systems/shop/system.yaml';
const staging = 'clusters/staging/staging.yaml';

let start: Journey;
beforeAll(async () => {
  start = await setOut(await fleetHost(travelFleet));
  await start.host.commit(newInDev);
});

/** In an environment that is not the first, nobody has verified it. */
function bump(environment: string | undefined, image: string): Order {
  const bumps = parseBumps([image], { resolve: false });
  if ('problem' in bumps) throw new Error(bumps.problem);
  return { kind: 'bump', system: 'shop', environment, bumps, override: 'a repair' };
}

function rollback(environment: string, more: Partial<Extract<Order, { kind: 'rollback' }>> = {}): Order {
  return { kind: 'rollback', system: 'shop', environment, include: [], accept: [], ...more };
}

const digest = `sha256:${'1'.repeat(64)}`;

test('what is newer takes the place of what is pending, in the same pull request', async () => {
  const journey = await branchOff(start);
  const { host, desk } = journey;
  const first = await act(promotion('staging'), journey);
  const seen = await desk.forge.get(1);
  await host.commit({ [shop]: edited(shop, 'shop:1.1.0', 'shop:1.2.0', await host.inputs()) });
  const second = await act(promotion('staging'), journey);
  expect([first.outcome, second.outcome]).toEqual(['opened', 'updated']);
  expect(second.pullRequest).toEqual(first.pullRequest);
  const pull = await desk.forge.get(1);
  expect(pull?.head.sha).not.toBe(seen?.head.sha);
  expect(pull?.body).toContain('example/shop:1.2.0');
  expect(pull?.body).not.toContain('example/shop:1.1.0');
  expect(await desk.forge.list('all')).toHaveLength(1);
  await merge(second, journey);
});

test('asked again for the same, nothing happens', async () => {
  const journey = await branchOff(start);
  await act(promotion('staging'), journey);
  const refs = refsOf(journey);
  expect((await act(promotion('staging'), journey)).outcome).toBe('unchanged');
  expect(refsOf(journey)).toBe(refs);
});

test('a bump that is pending blocks a promotion of the same, until it is merged', async () => {
  const journey = await branchOff(start);
  const bumped = await act(bump('staging', `web=example/shop:1.0.1@${digest}`), journey);
  expect(bumped).toMatchObject({ outcome: 'opened', pullRequest: { number: 1 } });
  const refs = refsOf(journey);
  const { outcome, reason } = await act(promotion('staging'), journey);
  expect({ outcome, reason }).toEqual({ outcome: 'refused', reason: 'pull request #1 would bump staging/shop already' });
  expect(refsOf(journey)).toBe(refs);
  // Others go on.
  expect((await act(promotion('staging', { system: 'stock' }), journey)).outcome).toBe('nothing');
  await merge(bumped, journey);
  const then = await act(promotion('staging'), journey);
  expect(then.outcome).toBe('opened');
  expect(then.proposal?.intent.fields).toContainEqual(expect.objectContaining({ name: 'components.web.image', taken: true }));
});

test('a promotion that is pending blocks a bump of the same, and a bump of the head is none of it', async () => {
  const journey = await branchOff(start);
  await act(promotion('staging'), journey);
  const refused = await act(bump('staging', `web=example/shop:1.0.1@${digest}`), journey);
  expect(refused.reason).toBe('pull request #1 would promote staging/shop already');
  const head = await act(bump(undefined, `web=example/shop:1.2.0@${digest}`), journey);
  expect(head).toMatchObject({ outcome: 'opened', key: 'base:shop', pullRequest: { number: 2 } });
  await merge(head, journey);
  expect((await journey.host.files()).get(shop)).toBe(
    edited(shop, 'shop:1.1.0', `shop:1.2.0@${digest}`, new Map(Object.entries(newInDev))),
  );
});

test('a rollback ends what is pending, and goes back to all that ran before', async () => {
  const journey = await branchOff(start);
  const { host, desk } = journey;
  const before = (await host.files()).get(staging);
  const generated = [...(await host.files())].filter(([path]) => path.startsWith('overlays/staging/'));
  await merge(await act(promotion('staging'), journey), journey);
  await host.commit({ [shop]: edited(shop, 'shop:1.1.0', 'shop:1.2.0', await host.inputs()) });
  expect(await act(promotion('staging'), journey)).toMatchObject({ outcome: 'opened', pullRequest: { number: 2 } });
  const back = await act(rollback('staging'), journey);
  expect(back).toMatchObject({ outcome: 'opened', pullRequest: { number: 3 }, gates: [] });
  expect(back.proposal?.intent.title).toBe('Roll back shop in staging to 1.0.0');
  expect(await desk.forge.get(2)).toMatchObject({ state: 'closed', body: expect.stringContaining('A rollback of staging/shop') });
  await merge(back, journey);
  const after = await host.files();
  expect(after.get(staging)).toBe(before);
  expect([...after].filter(([path]) => path.startsWith('overlays/staging/'))).toEqual(generated);
  // What it came from was not closed by a person, so it may come again.
  expect(await act(promotion('staging'), journey)).toMatchObject({ outcome: 'opened' });
});

test('a rollback stops at what cannot be taken back, unless somebody accepts it', async () => {
  const journey = await branchOff(start);
  const { host } = journey;
  const text = edited(
    shop,
    '  parameters:\n',
    '  irreversible: { orders: Orders are kept by day }\n  parameters:\n',
    await host.inputs(),
  );
  await host.commit({ [shop]: text });
  const promoted = await act(promotion('staging'), journey);
  expect(promoted.proposal?.intent.notes).toEqual(['cannot be taken back: orders: Orders are kept by day']);
  await merge(promoted, journey);
  const refs = refsOf(journey);
  const { outcome, reason, advice } = await act(rollback('staging'), journey);
  expect(outcome).toBe('refused');
  expect(reason).toContain('orders (Orders are kept by day)');
  expect(advice).toContain('--accept orders');
  expect((await act(rollback('staging', { to: '1.0.0', accept: ['other'] }), journey)).outcome).toBe('refused');
  expect(refsOf(journey)).toBe(refs);
  const accepted = await act(rollback('staging', { accept: ['orders'] }), journey);
  expect(accepted.outcome).toBe('opened');
  await merge(accepted, journey);
});
