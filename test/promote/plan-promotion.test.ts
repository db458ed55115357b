import { describe, expect, test } from 'vitest';
import type { EnvironmentDocument } from '../../src/language/environment.ts';
import { applyIntent } from '../../src/promote/apply-intent.ts';
import { chooseRelease } from '../../src/promote/choose-release.ts';
import { type PromotionOrder, planPromotion } from '../../src/promote/plan-promotion.ts';
import { compileFleet } from '../support/compile-fleet.ts';
import { describedFleet, editsOf, type FleetParts, fleetOf, intentOf, shop } from './described-fleet.ts';

type Entry = NonNullable<EnvironmentDocument['spec']['systems'][string]>;
const runs = (entry: Entry) => ({ systems: { shop: entry } });
const older = { components: { web: { image: 'example/shop:0.9.0' } } };
const parameters = {
  version: { type: 'string', promote: 'carry', default: '1' },
  epochs: { type: 'integer', promote: 'hold', default: 1 },
  domain: { type: 'string', promote: 'local', default: 'example.com' },
};
const pipeline = ['dev', 'test', ['eu', 'us']];

const fleet = (entries: Partial<Record<'dev' | 'test' | 'eu' | 'us', Entry>>, parts: Partial<FleetParts> = {}) =>
  describedFleet({
    promotion: { pipeline },
    systems: { shop: { ...shop, parameters }, 'shop/1.0.0': older, 'shop/1.1.0': { ...shop, parameters } },
    environments: Object.fromEntries(['dev', 'test', 'eu', 'us'].map((name) => [name, runs(entries[name as 'dev'] ?? {})])),
    ...parts,
  });

const plan = (description: ReturnType<typeof fleet>, order: Partial<PromotionOrder> = {}) =>
  planPromotion(description, { system: 'shop', to: 'test', include: [], ...order });

const all: Entry = { release: '1.0.0' };
const same = { dev: all, test: all, eu: all, us: all };
const text = 'the pipeline is dev → test → [eu, us]';

describe('what is refused', () => {
  const described = fleet({ ...same, dev: { release: '1.1.0', parameters: { version: '2', epochs: 3, domain: 'x' } } });

  test.each<[string, Partial<PromotionOrder>, string, string | undefined]>([
    ['no such environment', { to: 'tset' }, 'there is no environment `tset`', 'did you mean `test`?'],
    ['no such source', { from: 'dve' }, 'there is no environment `dve`', 'did you mean `dev`?'],
    ['no such system', { system: 'shpo' }, 'test does not run `shpo`', 'did you mean `shop`?'],
    ['the first wave', { to: 'dev' }, 'dev is where shop begins: there is no wave before it', text],
    ['itself', { from: 'test' }, 'test cannot be promoted to itself', undefined],
    ['backwards in the pipeline', { from: 'eu' }, 'eu does not come before test', `${text}; \`stowage rollback\` goes backwards`],
    ['within a wave', { to: 'us', from: 'eu' }, 'eu does not come before us', `${text}; \`stowage rollback\` goes backwards`],
    [
      'another name of a release',
      { release: '2.0.0' },
      'release 1.1.0 is frozen already and cannot be called 2.0.0',
      'leave out --release',
    ],
    [
      'an unknown field',
      { include: ['parameters.epoch'] },
      '--include parameters.epoch: nothing of that name differs',
      'did you mean `parameters.epochs`?',
    ],
    [
      'a local field',
      { include: ['parameters.domain'] },
      '--include parameters.domain: its System says `promote: local`, so it stays as it is',
      'edit it in its environment',
    ],
  ])('%s', (_, order, refused, advice) => {
    expect(plan(described, order)).toEqual({ refused, ...(advice === undefined ? {} : { advice }) });
  });

  test('a target that nothing leads to', () => {
    expect(plan(fleet(same, { promotion: { pipeline: ['dev', ['eu', 'us']] } }))).toEqual({
      refused: 'no pipeline of shop leads to test',
      advice: 'say `promotion: {pipeline: […]}` in stowage.yaml, or where it comes from with --from',
    });
  });

  test('a release that is older than what runs', () => {
    expect(plan(fleet({ dev: { release: '1.0.0' }, test: { release: '1.1.0' } }))).toEqual({
      refused: 'test runs shop 1.1.0, and dev has the older 1.0.0',
      advice: '`stowage rollback test/shop --to 1.0.0` goes backwards',
      stands: true,
    });
  });

  test('a name for the head that is older than what runs', () => {
    expect(plan(fleet({ dev: {}, test: { release: '1.1.0' } }), { release: '0.9.0' })).toEqual({
      refused: 'shop has no release 0.9.0, and its head cannot become one: test runs 1.1.0, which is newer',
      advice: 'it has 1.0.0, 1.1.0; leave out --release, or name a newer one',
    });
  });

  test('a name that another release has', () => {
    expect(plan(fleet({ dev: {}, test: {} }), { release: '1.0.0' })).toEqual({
      refused: 'systems/shop/releases/1.0.0 exists already, and a release never changes',
      advice: 'choose another version',
    });
  });

  test('an environment that does not run it is shown where to add it', () => {
    const described = fleet(same, {
      systems: { shop, cart: shop },
      environments: { dev: { systems: { cart: {} } }, test: { systems: { shop: {} } } },
    });
    expect(plan(described, { system: 'cart' })).toEqual({
      refused: 'test does not run `cart`',
      advice: 'add it to clusters/here/test.yaml',
    });
    expect(plan(described, { to: 'test', from: 'dev' })).toMatchObject({ refused: 'dev does not run `shop`' });
  });
});

describe('where there is nothing to do', () => {
  test('that is said, with what stays', () => {
    expect(plan(fleet(same))).toEqual({
      nothing: 'test has all of shop that dev has',
      compared: { from: 'dev', to: 'test', fields: [] },
    });
    const held = plan(fleet({ ...same, dev: { ...all, parameters: { epochs: 2 } }, test: { ...all, profiles: [] } }));
    expect(held).toMatchObject({ nothing: 'test has all of shop that dev has, but for what is held: parameters.epochs' });
    expect(held).toHaveProperty('compared.fields.1.name', 'profiles');
  });
});

describe('what is promoted', () => {
  test('the release and what is carried; what is held when it is named; nothing that is local', () => {
    const described = fleet({ ...same, dev: { release: '1.1.0', parameters: { version: '2', epochs: 3, domain: 'x' } } });
    const intent = intentOf(plan(described));
    expect(editsOf(intent)).toEqual({ release: '1.1.0', 'parameters.version': '2' });
    expect(intent).toMatchObject({
      purpose: 'promote',
      key: { scope: 'system', environment: 'test', system: 'shop' },
      title: 'Promote shop 1.1.0 to test',
      from: 'dev',
      release: { before: '1.0.0', after: '1.1.0', frozen: false },
      verifiedIn: ['dev'],
      leftBehind: [],
      notes: [],
    });
    expect(intent.additions.size).toBe(0);
    const named = intentOf(plan(described, { include: ['parameters.epochs'] }));
    expect(editsOf(named)).toEqual({ release: '1.1.0', 'parameters.version': '2', 'parameters.epochs': 3 });
  });

  test('configuration alone', () => {
    const intent = intentOf(plan(fleet({ ...same, dev: { ...all, components: { web: { image: 'example/shop:0.9.1' } } } })));
    expect(intent).toMatchObject({ title: 'Promote configuration of shop to test', release: undefined });
    expect(editsOf(intent)).toEqual({ 'components.web.image': 'example/shop:0.9.1' });
  });

  test('a head is frozen on the way, and the fleet with it compiles', () => {
    const files = fleetOf({
      promotion: { pipeline },
      systems: { shop, 'shop/1.0.0': older },
      environments: { dev: runs({}), test: runs({ release: '1.0.0' }), eu: runs(all), us: runs(all) },
    });
    const description = describedFleet({
      promotion: { pipeline },
      systems: { shop, 'shop/1.0.0': older },
      environments: { dev: runs({}), test: runs({ release: '1.0.0' }), eu: runs(all), us: runs(all) },
    });
    const intent = intentOf(plan(description));
    expect(intent.release).toEqual({ before: '1.0.0', after: '1.0.1', frozen: true });
    expect([...intent.additions.keys()]).toEqual([
      'systems/shop/releases/1.0.1/system.yaml',
      'systems/shop/releases/1.0.1/release.yaml',
    ]);
    expect(intentOf(plan(description, { release: '2.0.0-rc.1' })).release?.after).toBe('2.0.0-rc.1');
    const changed = applyIntent(files, intent);
    if ('refused' in changed) throw new Error(changed.refused);
    const compiled = compileFleet(changed);
    expect(compiled.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(compiled.outputs.get('overlays/test/shop/kustomization.yaml')).toContain('base/shop/1.0.1');
  });

  test('a release with just the content of the head is taken again, the newest one unless another is named', () => {
    const described = fleet(
      { dev: {}, test: all },
      { systems: { shop, 'shop/1.0.0': older, 'shop/1.1.0': shop, 'shop/1.9.0': shop, 'shop/1.10.0': shop } },
    );
    expect(intentOf(plan(described)).release).toEqual({ before: '1.0.0', after: '1.10.0', frozen: false });
    const named = intentOf(plan(described, { release: '1.9.0' }));
    expect([named.release?.after, named.additions.size]).toEqual(['1.9.0', 0]);
    expect(intentOf(plan(described, { release: '1.11.0' })).release).toMatchObject({ after: '1.11.0', frozen: true });
  });

  test('what cannot be taken back is noted', () => {
    const irreversible = { old: 'was there before', ids: 'ids are numbers' };
    const described = fleet(
      { ...same, dev: { release: '1.1.0' } },
      { systems: { shop, 'shop/1.0.0': { ...shop, irreversible: { old: 'x' } }, 'shop/1.1.0': { ...shop, irreversible } } },
    );
    expect(intentOf(plan(described)).notes).toEqual(['cannot be taken back: ids: ids are numbers']);
  });
});

describe('who would be left behind', () => {
  const dev: Entry = { release: '1.1.0', parameters: { version: '2' } };
  const leftBehind = (entries: Parameters<typeof fleet>[0], order: Partial<PromotionOrder>, parts?: Partial<FleetParts>) =>
    intentOf(plan(fleet({ ...same, dev, ...entries }, parts), order)).leftBehind;

  test('waves that are skipped', () => {
    expect(leftBehind({}, { to: 'eu', from: 'dev' })).toEqual(['test runs 1.0.0 and has not got 1.1.0 yet']);
    expect(leftBehind({ test: {} }, { to: 'eu', from: 'dev' })).toEqual(['test has other values of parameters.version']);
    expect(leftBehind({ test: { release: '1.1.0' } }, { to: 'eu', from: 'dev' })).toEqual([
      'test has other values of parameters.version',
    ]);
    expect(leftBehind({ test: dev }, { to: 'eu', from: 'dev' })).toEqual([]);
  });

  test('the rest of the wave that it comes from', () => {
    const parts = {
      promotion: {
        pipeline: [
          ['dev', 'test'],
          ['eu', 'us'],
        ],
      },
    };
    expect(leftBehind({}, { to: 'eu' }, parts)).toEqual(['test runs 1.0.0 and has not got 1.1.0 yet']);
    expect(leftBehind({ test: dev }, { to: 'eu' }, parts)).toEqual([]);
  });

  test('of that wave each is asked for its health', () => {
    const described = fleet(
      { ...same, dev },
      {
        promotion: {
          pipeline: [
            ['dev', 'test'],
            ['eu', 'us'],
          ],
        },
      },
    );
    expect(intentOf(plan(described, { to: 'eu' })).verifiedIn).toEqual(['dev', 'test']);
    expect(intentOf(plan(described, { to: 'eu', from: 'dev' })).verifiedIn).toEqual(['dev', 'test']);
  });

  test('from outside of the pipeline every wave before the target; those beside the target never', () => {
    const parts = { promotion: { pipeline: ['test', ['eu', 'us']] } };
    expect(leftBehind({}, { to: 'eu', from: 'dev' }, parts)).toEqual(['test runs 1.0.0 and has not got 1.1.0 yet']);
    expect(leftBehind({ test: dev }, { to: 'eu', from: 'dev' }, parts)).toEqual([]);
  });

  test('who has something newer had it before', () => {
    expect(
      leftBehind(
        { dev: { release: '1.0.1' }, test: { release: '1.1.0' } },
        { to: 'eu', from: 'dev' },
        {
          systems: { shop, 'shop/1.0.0': older, 'shop/1.0.1': shop, 'shop/1.1.0': shop },
        },
      ),
    ).toEqual([]);
  });
});

test('a System without a head has nothing to freeze', () => {
  const described = fleet(same, { systems: { 'shop/1.0.0': shop } });
  expect(chooseRelease(described, 'shop', 'head', undefined)).toEqual({ refused: 'System shop has no head' });
});
