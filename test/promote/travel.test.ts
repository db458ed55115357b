import { beforeAll, expect, test } from 'vitest';
import type { ChangeResult } from '../../src/promote/carry-out.ts';
import { type Description, readDescription, settingsOf } from '../../src/promote/description.ts';
import { differingFields } from '../../src/promote/fields-of.ts';
import { asBytes } from '../support/fleet-files.ts';
import { type FleetHost, fleetHost } from './support/fleet-host.ts';
import { healthyAt } from './support/healthy-at.ts';
import { act, branchOff, type Journey, merge, preview, promotion, refsOf, setOut } from './support/journey.ts';
import { newInDev, travelFleet } from './support/travel-fleet.ts';

/** Staging runs what dev had, and has done so for long enough: production is next. */
let soaked: Journey;
beforeAll(async () => {
  const journey = await setOut(await fleetHost(travelFleet));
  await journey.host.commit(newInDev);
  const opened = await act(promotion('staging'), journey);
  expect(opened).toMatchObject({ outcome: 'opened', gates: [], key: 'staging/shop' });
  journey.world.runs.set('staging', healthyAt(await merge(opened, journey), journey.world.time));
  journey.world.time = '2026-06-01T12:00:00Z';
  soaked = journey;
});

test('staging got the image as a release, what is carried, and nothing else', async () => {
  const text = (await soaked.host.files()).get('clusters/staging/staging.yaml');
  expect(text).toBe(
    String(travelFleet.get('clusters/staging/staging.yaml')).replace(
      '"1.0.0" # chosen by promotion\n      parameters: { domain: staging.example.com }',
      '"1.0.1" # chosen by promotion\n      parameters: { domain: staging.example.com, features: "a,b" }',
    ),
  );
});

type Step = 'open' | 'merge';
const ways: Record<string, readonly (readonly [Step, string])[]> = {
  'both are open, east is merged first': [
    ['open', 'east'],
    ['open', 'west'],
    ['merge', 'east'],
    ['merge', 'west'],
  ],
  'both are open, west is merged first': [
    ['open', 'east'],
    ['open', 'west'],
    ['merge', 'west'],
    ['merge', 'east'],
  ],
  'east is merged before west is opened': [
    ['open', 'east'],
    ['merge', 'east'],
    ['open', 'west'],
    ['merge', 'west'],
  ],
  'west is merged before east is opened': [
    ['open', 'west'],
    ['merge', 'west'],
    ['open', 'east'],
    ['merge', 'east'],
  ],
  'west is asked for again when east is merged': [
    ['open', 'west'],
    ['open', 'east'],
    ['merge', 'east'],
    ['open', 'west'],
    ['merge', 'west'],
  ],
};

const trees = new Map<string, string>();

test.each(Object.keys(ways))('production gets it: %s', async (way) => {
  const journey = await branchOff(soaked);
  const { host } = journey;
  const before = await host.inputs();
  const opened = new Map<string, ChangeResult>();
  for (const [step, environment] of ways[way] ?? []) {
    if (step === 'merge') {
      await merge(opened.get(environment) as ChangeResult, journey);
      continue;
    }
    const refs = refsOf(journey);
    const shown = await preview(promotion(environment), journey);
    expect(shown.outcome).toBe('preview');
    expect(refsOf(journey)).toBe(refs);
    const result = await act(promotion(environment), journey);
    const known = opened.get(environment)?.pullRequest;
    expect(result).toMatchObject({ outcome: known === undefined ? 'opened' : 'unchanged', ...(known && { pullRequest: known }) });
    expect(result.proposal?.set.files).toEqual(shown.proposal?.set.files);
    opened.set(environment, result);
  }
  expect(await journey.desk.forge.list('open')).toEqual([]);
  await expectCarriedOnly(before, host);
  trees.set(way, host.tree());
});

test('whichever came first, the tree is the same', () => {
  expect(trees.size).toBe(Object.keys(ways).length);
  expect(new Set(trees.values()).size).toBe(1);
});

/** Of class carry all and nothing else: what differs between then and now is what staging has. */
async function expectCarriedOnly(before: ReadonlyMap<string, string>, host: FleetHost): Promise<void> {
  const [then, now] = [describe(before), describe(await host.inputs())];
  for (const environment of ['east', 'west']) {
    const differing = differingFields(settings(now, environment), settings(then, environment));
    expect(differing.map(({ name, source, target }) => [name, target, source])).toEqual([
      ['release', '1.0.0', '1.0.1'],
      ['parameters.features', undefined, 'a,b'],
    ]);
  }
  for (const [path, text] of before)
    if (!/^clusters\/(east|west)\//.test(path)) expect((await host.inputs()).get(path), path).toBe(text);
}

function describe(inputs: ReadonlyMap<string, string>): Description {
  const description = readDescription(asBytes(inputs));
  if ('problems' in description) throw new Error('it cannot be read');
  return description;
}

function settings(description: Description, environment: string) {
  const described = description.environments.get(environment);
  return (described && settingsOf(described, 'shop')) ?? {};
}
