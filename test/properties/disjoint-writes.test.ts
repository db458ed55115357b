import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileClean, compileFleet } from '../support/compile-fleet.ts';
import { settings } from '../support/fast-check-settings.ts';
import { arbitraryFleet, type FleetPlan, printFleet } from '../support/fleets/arbitrary-fleet.ts';

type Json = Record<string, unknown>;

/** Changes to one environment as people make them; each leaves a fleet right that was right. */
const changes: Readonly<Record<string, (environment: Json) => Json>> = {
  'a label': (environment) => inSpec(environment, (spec) => ({ labels: { ...(spec.labels as Json), changed: 'yes' } })),
  'an annotated namespace': (environment) =>
    inSystems(environment, (settings) => {
      const namespace = settings.namespace as string | Json;
      const name = typeof namespace === 'string' ? namespace : String(namespace.name);
      return { ...settings, namespace: { name, create: true, annotations: { 'example.com/a': '1' } } };
    }),
  'an object': (environment) =>
    inSystems(environment, (settings) => ({
      ...settings,
      objects: {
        ...(settings.objects as Json),
        more: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more' }, data: { a: '1' } },
      },
    })),
  'a freeze': (environment) => inSpec(environment, () => ({ freeze: [{ schedule: '0 0 * * *', duration: '5h' }] })),
  'one system less': (environment) =>
    inSpec(environment, ({ systems }) => ({ systems: Object.fromEntries(Object.entries(systems as Json).slice(1)) })),
};

function inSpec(environment: Json, change: (spec: Json) => Json): Json {
  const spec = environment.spec as Json;
  return { ...environment, spec: { ...spec, ...change(spec) } };
}

function inSystems(environment: Json, change: (settings: Json) => Json): Json {
  return inSpec(environment, ({ systems }) => ({
    systems: Object.fromEntries(
      Object.entries(systems as Record<string, Json>).map(([name, settings]) => [name, change(settings)]),
    ),
  }));
}

function outputsWith(
  plan: FleetPlan,
  changed: readonly (readonly [path: string, change: string])[],
): ReadonlyMap<string, string> {
  const documents = changed.map(([path, change]): [string, Json] => [
    path,
    (changes[change] as (_: Json) => Json)(plan.documents.get(path) as Json),
  ]);
  return compileClean(printFleet(plan, new Map(documents))).outputs;
}

/** Paths that one output has otherwise than the other. */
function difference(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Map<string, string | undefined> {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return new Map([...paths].filter((path) => before.get(path) !== after.get(path)).map((path) => [path, after.get(path)]));
}

it('lets changes to two environments write different files, and merging the outputs equals compiling the merged inputs', () => {
  const change = fc.constantFrom(...Object.keys(changes));
  fc.assert(
    fc.property(arbitraryFleet({ environments: 2 }), change, change, (plan, first, second) => {
      const [one, two] = plan.environments.map(({ path }) => path) as [string, string];
      const before = compileFleet(printFleet(plan)).outputs;
      const ours = difference(before, outputsWith(plan, [[one, first]]));
      const theirs = difference(before, outputsWith(plan, [[two, second]]));
      const shared = [...ours.keys()].filter((path) => theirs.has(path));
      expect(shared).toEqual([]);
      expect(ours.size).toBeGreaterThan(0);

      const merged = new Map(before);
      for (const [path, text] of [...ours, ...theirs]) text === undefined ? merged.delete(path) : merged.set(path, text);
      const together = outputsWith(plan, [
        [one, first],
        [two, second],
      ]);
      expect(new Map([...together].sort())).toEqual(new Map([...merged].sort()));
    }),
    settings(25),
  );
});

it('lets a change of the head of a System write nothing of what runs its frozen release', () => {
  fc.assert(
    fc.property(arbitraryFleet(), (plan) => {
      const [system] = plan.frozen;
      fc.pre(system !== undefined);
      const path = `systems/${system}/system.yaml`;
      const document = plan.documents.get(path) as Json;
      const components = (document.spec as Json).components as Json;
      const before = printFleet(plan);
      const changed = new Map(before);
      const extra = { ...components, added: { image: 'added:1' } };
      changed.set(path, JSON.stringify({ ...document, spec: { ...(document.spec as Json), components: extra } }));
      const touched = [...difference(compileClean(before).outputs, compileClean(changed).outputs).keys()];
      const runsHead = (environment: string) => {
        const { systems } = (plan.documents.get(plan.environments.find(({ name }) => name === environment)?.path ?? '') as Json)
          .spec as Json;
        const settingsOf = (systems as Record<string, Json>)[system as string];
        return settingsOf !== undefined && settingsOf.release === undefined;
      };
      for (const file of touched) {
        const [root, first, second] = file.split('/') as [string, string, string];
        if (root === 'base') expect([first, second]).toEqual([system, 'head']);
        else expect(runsHead(root === 'overlays' ? first : second), file).toBe(true);
      }
    }),
    settings(20),
  );
});
