import { expect, test } from 'vitest';
import { referenceInputs } from '../support/fleet-files.ts';
import { fleetHost } from './support/fleet-host.ts';
import { healthyAt } from './support/healthy-at.ts';
import { act, branchOff, expectCompiled, land, promotion, setOut } from './support/journey.ts';
import { edited } from './support/travel-fleet.ts';

const production = ['prod-eu', 'prod-us'];
const to = (environment: string) => promotion(environment, { system: 'thunderline' });

test('a change of the reference fleet travels from dev to both productions, in whichever order', async () => {
  const inputs = new Map([...referenceInputs()].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
  const journey = await setOut(await fleetHost(inputs));
  const [head, dev] = ['systems/thunderline/system.yaml', 'clusters/dev/dev.yaml'];
  await journey.host.commit({
    [head]: edited(head, 'thunderline/app:2.1.0', 'thunderline/app:2.2.0', inputs).replace(
      'verbosity: basic',
      'verbosity: detailed',
    ),
    [dev]: edited(dev, '{ host: localhost }', '{ host: localhost, features: ml_nas }', inputs),
  });
  const staged = await act(to('staging'), journey);
  expect(staged).toMatchObject({ outcome: 'opened', gates: [] });
  const before = (await journey.host.files()).get('clusters/prod-eu/prod-eu.yaml');
  journey.world.runs.set('staging', healthyAt(await land(staged, journey), journey.world.time));
  // On a Tuesday: the weekend of America lasts until Monday afternoon in Europe.
  journey.world.time = '2026-06-02T12:00:00Z';

  const other = await branchOff(journey);
  const opened = [await act(to('prod-eu'), journey), await act(to('prod-us'), journey)];
  for (const result of opened.toReversed()) await land(result, journey);
  for (const environment of production) await land(await act(to(environment), other), other);
  await expectCompiled(journey.host);
  expect(other.host.tree()).toBe(journey.host.tree());

  expect((await journey.host.files()).get('clusters/prod-eu/prod-eu.yaml')).toBe(
    before
      ?.replace('release: 2.2.0', 'release: 2.2.1')
      .replace('region: eu-central-1 }', 'region: eu-central-1, features: ml_nas }'),
  );
}, 300_000);
