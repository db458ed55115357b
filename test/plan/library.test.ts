import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plan } from '../../src/index.ts';
import { blockingKinds, hazardOrder } from '../../src/plan/hazards/rules.ts';
import { repository, withFiles } from '../support/fleet-files.ts';
import { smallFleet } from '../support/small-fleet.ts';

const shop = 'systems/shop/system.yaml';

test('two sets of inputs are planned in memory', () => {
  const after = withFiles(smallFleet, { [shop]: String(smallFleet.get(shop)).replace(':1.0.0', ':1.1.0') });
  const { ok, plan: made } = plan(smallFleet, after);
  expect(ok).toBe(true);
  expect(made?.folded).toEqual([{ system: 'shop', environments: ['dev', 'prod'], objects: ['change Deployment/shop-web'] }]);
  expect(plan(after, after).plan).toMatchObject({ changes: [], hazards: [] });
});

test('with errors there is no plan, and they are told by side', () => {
  const broken = withFiles(smallFleet, { [shop]: 'kind: Nothing\n' });
  const { ok, plan: made, diagnostics } = plan(smallFleet, broken);
  expect({ ok, made, before: diagnostics.before }).toEqual({ ok: false, made: undefined, before: [] });
  expect(diagnostics.after.length).toBeGreaterThan(0);
});

test('the page lists every hazard, and whether it stops a publication', () => {
  const page = readFileSync(join(repository, 'docs/plan.md'), 'utf8');
  const rows = [...page.matchAll(/^\|`([a-z-]+)`\|[^|]*\|(yes|no)\|$/gm)].map(([, kind, stops]) => [kind, stops]);
  expect(rows).toEqual(hazardOrder.map((kind) => [kind, blockingKinds.has(kind) ? 'yes' : 'no']));
});
