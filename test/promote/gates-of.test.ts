import { describe, expect, test } from 'vitest';
import { schemas } from '../../src/build-facts.ts';
import { renderDescription } from '../../src/promote/change-fleet.ts';
import type { DeploymentStatus, UnknownStatus } from '../../src/promote/deployment-status.ts';
import type { Desk } from '../../src/promote/desk.ts';
import { gatesOf, rulesFor } from '../../src/promote/gates-of.ts';
import type { Intent } from '../../src/promote/intent.ts';
import type { State } from '../../src/promote/read-state.ts';
import { describedFleet, type FleetParts, fleetOf, shop } from './described-fleet.ts';

const now = '2026-03-10T12:00:00Z';
const [commit, elsewhere] = ['a'.repeat(40), 'b'.repeat(40)] as const;

const parts: FleetParts = {
  promotion: { pipeline: ['dev', 'prod'] },
  systems: { shop, 'shop/1.0.0': shop },
  stages: { prod: {} },
  environments: { dev: { systems: { shop: { release: '1.0.0' } } }, prod: { stage: 'prod' } },
};

function stateOf(changes: Partial<FleetParts> = {}): State {
  const rendered = renderDescription('here', fleetOf({ ...parts, ...changes }), { compiler: 'test', schemas });
  expect(rendered.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { description: describedFleet({ ...parts, ...changes }), rendered, blobs: new Map() } as unknown as State;
}

const intent = {
  purpose: 'promote',
  system: 'shop',
  environment: 'prod',
  verifiedIn: ['dev'],
  leftBehind: [],
} as unknown as Intent;

const healthy: DeploymentStatus = {
  application: 'dev-shop',
  sync: 'Synced',
  health: 'Healthy',
  revision: commit,
  operation: 'succeeded',
  healthSince: '2026-03-10T11:00:00Z',
  history: [{ revision: commit, deployedAt: '2026-03-10T11:00:00Z' }],
};

type Commits = ReadonlyMap<string, ReadonlyMap<string, string>>;

interface World {
  readonly status?: DeploymentStatus | UnknownStatus | undefined;
  /** What commits of the repository hold that Argo CD reads. */
  readonly commits?: Commits;
  readonly path?: string;
  readonly at?: string;
}

/** A blob is called as its text. */
function deskOf({ status, commits = new Map(), path = '', at = now }: World): Desk {
  const target = {
    fetchCommit: async (id: string) => commits.has(id),
    files: async (id: string, wanted: (path: string) => boolean) =>
      new Map([...(commits.get(id) ?? [])].filter(([name]) => wanted(name))),
    blobId: (text: string) => text,
  };
  return {
    now: () => new Date(at),
    askStatus: () => async (environment: string, system: string) => {
      expect([environment, system]).toEqual(['dev', 'shop']);
      return status;
    },
    deployed: async () => ({ target, path }),
  } as unknown as Desk;
}

/** Everything that a fleet is compiled to. */
const output = ({ rendered }: State, folder = '') =>
  new Map(
    [...rendered.units.values()].flatMap((unit) => [...(unit.contents ?? [])]).map(([path, text]) => [folder + path, text]),
  );

const told = async (world: World, state = stateOf(), asked = intent) =>
  (await gatesOf(asked, state, deskOf(world))).map(({ kind, state: how, text }) => `${kind} ${how}: ${text}`);

describe('whom nothing holds back', () => {
  const closed = stateOf({
    stages: { prod: { promotion: { soak: '1h', windows: [{ schedule: '0 9 * * 1', duration: '1h' }] } } },
  });

  test.each<[string, Partial<Intent>]>([
    ['a rollback', { purpose: 'rollback', verifiedIn: [] }],
    ['a new image of the head', { purpose: 'bump', environment: undefined, verifiedIn: [] }],
  ])('%s', async (_, changes) => {
    expect(await told({}, closed, { ...intent, ...changes })).toEqual([]);
    expect(await told({}, closed)).not.toEqual([]);
  });
});

test('each environment that would be left behind is a gate, before all others', async () => {
  const leftBehind = ['test runs 1.0.0 and has not got 1.1.0 yet', 'eu has other values of parameters.version'];
  expect(await told({ status: { unknown: 'no idea' } }, stateOf(), { ...intent, leftBehind })).toEqual([
    ...leftBehind.map((text) => `wave waiting: ${text}`),
    'health unknown: no idea',
  ]);
});

describe('health in the source', () => {
  const state = stateOf();
  const open = [`health open: dev-shop is Synced and Healthy at ${commit.slice(0, 7)}`];

  test('is of the commit that has just what is promoted', async () => {
    expect(await told({ status: healthy, commits: new Map([[commit, output(state)]]) }, state)).toEqual(open);
    const below = { status: healthy, commits: new Map([[commit, output(state, 'fleet/')]]) };
    expect(await told({ ...below, path: 'fleet' }, state)).toEqual(open);
    expect(await told(below, state)).toEqual([expect.stringContaining('which is not what is to be promoted')]);
  });

  test.each<[string, (files: Map<string, string>) => unknown]>([
    ['another overlay', (files) => files.set('overlays/dev/shop/kustomization.yaml', 'other')],
    ['another base', (files) => files.set('base/shop/1.0.0/kustomization.yaml', 'other')],
    ['a file less', (files) => files.delete('overlays/dev/shop/kustomization.yaml')],
    ['a file more', (files) => files.set('overlays/dev/shop/more.yaml', 'more')],
  ])('a commit with %s is not it', async (_, change) => {
    const files = output(state);
    change(files);
    expect(await told({ status: healthy, commits: new Map([[commit, files]]) }, state)).toEqual([
      `health waiting: dev-shop is at ${commit.slice(0, 7)}, which is not what is to be promoted`,
    ]);
  });

  test('what other environments, systems and releases are is no matter', async () => {
    const files = output(state);
    for (const path of [
      'overlays/prod/shop/kustomization.yaml',
      'base/shop/head/kustomization.yaml',
      'overlays/dev/shop-b/more.yaml',
    ])
      files.set(path, 'other');
    expect(await told({ status: healthy, commits: new Map([[commit, files]]) }, state)).toEqual(open);
  });

  test('at a commit that the repository does not give away is unknown', async () => {
    expect(await told({ status: healthy }, state)).toEqual([
      `health unknown: cannot tell whether ${commit.slice(0, 7)}, where dev-shop is, holds what is to be promoted`,
    ]);
  });

  test('nobody asks where nobody said how, unless the stage wants it to soak', async () => {
    expect(await told({}, state)).toEqual([]);
    const soaking = stateOf({ stages: { prod: { promotion: { soak: '2h' } } } });
    expect(await told({}, soaking)).toEqual([expect.stringContaining('soak unknown: healthy for 2h is asked for')]);
  });

  test('soaks by the rules of the target, from when that content was first deployed', async () => {
    const soaking = stateOf({ stages: { prod: { promotion: { soak: '2h' } } } });
    const files = output(soaking);
    const commits = new Map([
      [commit, files],
      [elsewhere, new Map(files).set('overlays/prod/shop/kustomization.yaml', 'other')],
    ]);
    expect(await told({ status: healthy, commits }, soaking)).toEqual([
      ...open,
      'soak waiting: healthy for 1h, 2h are asked for',
    ]);
    const since = '2026-03-10T09:00:00Z';
    const history = [...healthy.history, { revision: elsewhere, deployedAt: since }];
    expect(await told({ status: { ...healthy, healthSince: since, history }, commits }, soaking)).toEqual([
      ...open,
      'soak open: healthy for 3h, 2h are asked for',
    ]);
    const another = new Map(commits).set(elsewhere, new Map());
    expect(await told({ status: { ...healthy, healthSince: since, history }, commits: another }, soaking)).toEqual([
      ...open,
      'soak waiting: healthy for 1h, 2h are asked for',
    ]);
  });
});

describe('windows', () => {
  const windowed = (promotion: object, more: Partial<FleetParts['environments'][string]> = {}) =>
    stateOf({ stages: { prod: { promotion } }, environments: { ...parts.environments, prod: { stage: 'prod', ...more } } });
  const tuesday = [{ schedule: '0 9 * * 2', duration: '4h' }];

  test('of the stage open and close it', async () => {
    const state = windowed({ windows: tuesday });
    expect(await told({}, state)).toEqual(['window open: prod is open for promotions']);
    const [gate] = await gatesOf(intent, state, deskOf({ at: '2026-03-10T13:00:00Z' }));
    expect(gate).toEqual({
      kind: 'window',
      state: 'waiting',
      text: expect.stringMatching(/^prod is closed: /),
      until: '2026-03-17T09:00:00.000Z',
    });
  });

  test('exceptions close it', async () => {
    const exceptions = [{ from: '2026-03-10', until: '2026-03-10', open: false, reason: 'Few are there' }];
    expect(await told({}, windowed({ exceptions }))).toEqual([
      expect.stringMatching(/^window waiting: prod is closed: .*Few are there/),
    ]);
  });

  test.each([
    ['the environment', { freeze: tuesday }],
    ['its entry of the system', { systems: { shop: { freeze: tuesday } } }],
  ])('freeze windows of %s close it', async (_, more) => {
    const state = windowed({ windows: tuesday }, more);
    expect(await told({}, state)).toEqual([expect.stringMatching(/^window waiting: prod is closed: /)]);
    expect(await told({}, windowed({}, more))).toEqual([expect.stringMatching(/^window waiting: prod is closed: /)]);
  });

  test('of nobody are no gate', async () => {
    expect(await told({}, windowed({}))).toEqual([]);
  });
});

test('rules are those of the stage, and none without one', () => {
  const { description } = stateOf({ stages: { prod: { promotion: { soak: '2h' } } } });
  expect(rulesFor(description, 'prod')).toEqual({ soak: '2h' });
  for (const name of ['dev', 'nowhere', undefined]) expect(rulesFor(description, name)).toEqual({});
});
