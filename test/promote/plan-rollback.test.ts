import { describe, expect, test } from 'vitest';
import type { SystemSettings } from '../../src/language/environment.ts';
import type { EarlierEntry } from '../../src/promote/earlier-entries.ts';
import { planRollback, type RollbackOrder } from '../../src/promote/plan-rollback.ts';
import { describedFleet, editsOf, intentOf, shop } from './described-fleet.ts';

const spec = {
  ...shop,
  parameters: {
    version: { type: 'string', promote: 'carry', default: '1' },
    epochs: { type: 'integer', promote: 'hold', default: 1 },
    domain: { type: 'string', promote: 'local', default: 'example.com' },
  },
};
const ids = { ids: 'ids are numbers' };
const systems = {
  shop: spec,
  'shop/1.0.0': spec,
  'shop/1.1.0': spec,
  'shop/2.0.0': { ...spec, irreversible: ids },
  'shop/2.1.0': { ...spec, irreversible: { ...ids, old: 'the old table is gone' } },
};

/** Commits of the branch as they are told: the newest first. */
const commits = ['dddd', 'cccc', 'bbbb', 'aaaa'].map((part) => part.repeat(10));
const [newest = '', third = '', second = '', first = ''] = commits;
const history = (...entries: SystemSettings[]): EarlierEntry[] =>
  entries.map((settings, index) => ({ commit: commits[index] as string, time: 0, settings }));

function plan(now: SystemSettings, earlier: readonly SystemSettings[], order: Partial<RollbackOrder> = {}) {
  const described = describedFleet({ systems, environments: { prod: { systems: { shop: now } } } });
  const asked = { environment: 'prod', system: 'shop', include: [], accept: [], ...order };
  return planRollback(described, asked, history(now, ...earlier));
}

describe('back to what ran before', () => {
  test('is by default the newest that was something else', () => {
    const now = { release: '1.1.0', parameters: { version: '2', domain: 'now.example.com' } };
    const local = { ...now, parameters: { ...now.parameters, domain: 'then.example.com', epochs: 7 } };
    const intent = intentOf(
      plan(now, [local, { release: '1.0.0', parameters: { version: '1', epochs: 5 } }, { release: '1.1.0' }]),
    );
    expect(editsOf(intent)).toEqual({ release: '1.0.0', 'parameters.version': '1' });
    expect(intent).toMatchObject({
      purpose: 'rollback',
      key: { scope: 'system', environment: 'prod', system: 'shop' },
      title: 'Roll back shop in prod to 1.0.0',
      from: `commit ${second.slice(0, 12)}`,
      release: { before: '1.1.0', after: '1.0.0', frozen: false },
      notes: [],
      verifiedIn: [],
      leftBehind: [],
    });
    expect(intent.fields.find(({ name }) => name === 'parameters.epochs')).toMatchObject({ taken: false, source: 5 });
  });

  test('takes what is held when it is named', () => {
    const before = { release: '1.0.0', parameters: { epochs: 5 } };
    const intent = intentOf(plan({ release: '1.1.0' }, [before], { include: ['parameters.epochs'] }));
    expect(editsOf(intent)).toEqual({ release: '1.0.0', 'parameters.epochs': 5 });
    expect(plan({ release: '1.1.0' }, [before], { include: ['parameters.epoch'] })).toMatchObject({
      refused: '--include parameters.epoch: nothing of that name differs',
    });
  });

  test('is configuration alone where the release was the same, also of a head', () => {
    for (const release of [{ release: '1.0.0' }, {}]) {
      const intent = intentOf(plan({ ...release, parameters: { version: '2' } }, [release]));
      expect(editsOf(intent)).toEqual({ 'parameters.version': 'removed' });
      expect(intent).toMatchObject({ title: 'Roll back configuration of shop in prod', release: undefined });
    }
  });

  test('is unknown where history knows nothing else', () => {
    expect(plan({ release: '1.0.0' }, [{ release: '1.0.0', profiles: [] }])).toEqual({
      refused: 'the history of prod knows nothing else that shop ran as',
      advice: 'name a release with --to',
    });
  });
});

describe('back to something that is named', () => {
  const now: SystemSettings = { release: '1.1.0', parameters: { version: '3' } };

  test('a release as it ran when it ran last', () => {
    const earlier = [
      { release: '1.0.0', parameters: { version: '2' } },
      { release: '1.0.0', parameters: { version: '1' } },
    ];
    const intent = intentOf(plan(now, earlier, { to: '1.0.0' }));
    expect(editsOf(intent)).toEqual({ release: '1.0.0', 'parameters.version': '2' });
    expect(intent.from).toBe(`commit ${third.slice(0, 12)}`);
  });

  test('a release that never ran there, with all else as it is', () => {
    const intent = intentOf(plan(now, [], { to: '1.0.0' }));
    expect(editsOf(intent)).toEqual({ release: '1.0.0' });
    expect(intent.from).toBe('release 1.0.0');
  });

  test('a commit, by the beginning of its name', () => {
    const earlier = [{ release: '1.1.0' }, { release: '1.0.0' }, { release: '1.0.0', parameters: { version: '1' } }];
    const intent = intentOf(plan(now, earlier, { to: first.slice(0, 7) }));
    expect(editsOf(intent)).toEqual({ release: '1.0.0', 'parameters.version': '1' });
    expect(intent.from).toBe(`commit ${first.slice(0, 12)}`);
  });

  test('what runs already is nothing to do', () => {
    expect(plan(now, [], { to: newest })).toEqual({ nothing: `prod runs shop as it did at commit ${newest.slice(0, 12)}` });
    expect(plan(now, [], { to: '1.1.0' })).toEqual({ nothing: `prod runs shop as it did at commit ${newest.slice(0, 12)}` });
  });
});

describe('what is refused', () => {
  const now: SystemSettings = { release: '1.1.0' };

  test.each<[string, Partial<RollbackOrder>, string, string]>([
    ['no such environment', { environment: 'prd' }, 'there is no environment `prd`', 'did you mean `prod`?'],
    ['no such system', { system: 'shpo' }, 'prod does not run `shpo`', 'did you mean `shop`?'],
    ['no such release', { to: '1.0.1' }, 'System shop has no release `1.0.1`', 'did you mean `1.0.0`?'],
    [
      'no such commit',
      { to: 'abcdef0' },
      'no commit abcdef0 of the branch changed what prod runs',
      'name a release with --to, or another commit',
    ],
    ['forwards', { to: '2.0.0' }, '2.0.0 is newer than 1.1.0, which prod runs', '`stowage promote shop --to prod` goes forwards'],
  ])('%s', (_, order, refused, advice) => {
    expect(plan(now, [{ release: '1.0.0' }], order)).toEqual({ refused, advice });
  });

  test('the head of then, which nobody has any more', () => {
    expect(plan(now, [{}])).toEqual({
      refused: 'prod ran the head of shop then, which is no longer what it was',
      advice: 'name a release: --to 1.0.0',
    });
    expect(plan(now, [], { to: 'head' })).toHaveProperty(
      'refused',
      'prod ran the head of shop then, which is no longer what it was',
    );
  });
});

describe('data that was changed for good', () => {
  const now: SystemSettings = { release: '2.1.0' };

  test('stops it, with all that must be named', () => {
    expect(plan(now, [{ release: '1.1.0' }])).toEqual({
      refused:
        'shop 2.1.0 has changed data of prod in ways that 1.1.0 cannot live with: ids (ids are numbers); old (the old table is gone)',
      advice: 'restore the data first, then name each: --accept ids --accept old',
    });
    expect(plan(now, [{ release: '1.1.0' }], { accept: ['ids'] })).toHaveProperty(
      'advice',
      'restore the data first, then name each: --accept old',
    );
  });

  test('does not stop it once it is accepted, and that is noted', () => {
    const intent = intentOf(plan(now, [{ release: '1.1.0' }], { accept: ['ids', 'old'] }));
    expect(editsOf(intent)).toEqual({ release: '1.1.0' });
    expect(intent.notes).toEqual([
      'accepted although it cannot be taken back: ids',
      'accepted although it cannot be taken back: old',
    ]);
  });

  test('stops nothing between releases that both have it', () => {
    expect(plan(now, [{ release: '2.0.0' }])).toHaveProperty('refused', expect.stringContaining('2.0.0 cannot live with: old'));
    expect(editsOf(intentOf(plan({ release: '2.0.0', parameters: { version: '2' } }, [{ release: '2.0.0' }])))).toEqual({
      'parameters.version': 'removed',
    });
  });
});
