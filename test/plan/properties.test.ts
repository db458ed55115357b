import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainPalette } from '../../src/diagnostics/format-diagnostic.ts';
import type { PlainObject } from '../../src/model/desired-object.ts';
import { foldChanges } from '../../src/plan/fold-changes.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import { printPlan } from '../../src/plan/print-plan.ts';
import { printPlanMarkdown } from '../../src/plan/print-plan-markdown.ts';
import type { RenderedState } from '../../src/plan/rendered-state.ts';
import { compileClean } from '../support/compile-fleet.ts';
import { settings } from '../support/fast-check-settings.ts';
import { referenceInputs } from '../support/fleet-files.ts';
import { newest } from './plan-objects.ts';

/** What could become something else than text in Markdown, on a terminal, or in a pull request. */
const hostile = fc.constantFrom(
  '`',
  '``',
  '```',
  '@you',
  '#1',
  '![a](b)',
  '<b>',
  '</details>',
  '|',
  '\n',
  '\n\n# x\n',
  '~~~',
  '\\',
  '*',
  '\u001b[31m',
  '\u202e',
  ' ',
  ']',
  '"',
  'a',
);
const text = fc.array(hostile, { maxLength: 6 }).map((parts) => parts.join(''));
const value = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, text, fc.integer(), fc.boolean(), fc.constant(null), tie('list'), tie('map'), tie('named')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  map: fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  named: fc.array(fc.record({ name: text, value: tie('value') }), { maxLength: 4 }),
})).value;

const kinds = fc.constantFrom(
  'ConfigMap',
  'Deployment',
  'StatefulSet',
  'Service',
  'NetworkPolicy',
  'Role',
  'SealedSecret',
  'Secret',
  'Job',
);
const object = fc
  .record({ kind: kinds, name: text, spec: value, data: value })
  .map(
    ({ kind, name, spec, data }): PlainObject => ({ apiVersion: 'v1', kind, metadata: { name, namespace: 'shop' }, spec, data }),
  );
const distinct = (objects: readonly PlainObject[]) => [
  ...new Map(objects.map((one) => [`${one.kind} ${JSON.stringify(one.metadata)}`, one])).values(),
];
const overlays = fc
  .dictionary(
    fc.constantFrom('dev/shop', 'prod/shop', 'qa/shop', 'dev/stock', 'prod/stock'),
    fc.array(object, { maxLength: 3 }).map(distinct),
  )
  .map((record) => new Map(Object.entries(record)));
const state = fc.record({ name: text, overlays }) as fc.Arbitrary<RenderedState>;
const plan = (before: RenderedState, after: RenderedState) => planChanges(before, after, { schemas: newest });
const copy = (one: RenderedState): RenderedState => ({
  ...one,
  overlays: new Map([...one.overlays].map(([name, objects]) => [name, structuredClone([...objects])])),
});

test('between a state and itself nothing changes', () => {
  fc.assert(
    fc.property(state, (one) => {
      const { changes, hazards, folded } = plan(one, copy(one));
      expect({ changes, hazards, folded }).toEqual({ changes: [], hazards: [], folded: [] });
    }),
    settings(200),
  );
});

test('between the reference fleet and itself nothing changes', () => {
  const { systems } = compileClean(referenceInputs());
  const rendered = () => ({
    name: 'fleet',
    overlays: new Map(
      systems.map(({ environment, compiled }) => [`${environment}/${compiled.resolved.name}`, compiled.finished()]),
    ),
  });
  const { changes, hazards } = plan(rendered(), rendered());
  expect({ changes, hazards }).toEqual({ changes: [], hazards: [] });
});

test('whatever differs is told, and folding loses none of it', () => {
  fc.assert(
    fc.property(state, state, (before, after) => {
      const { changes, folded } = plan(before, after);
      const once = foldChanges(changes);
      const unfolded = once.flatMap(({ system, environments, objects }) =>
        environments.flatMap((environment) =>
          objects.map(({ action, object }) => `${environment}/${system} ${action} ${object}`),
        ),
      );
      const all = changes.flatMap(({ overlay, objects }) =>
        objects.map(({ action, object }) => `${overlay} ${action} ${object}`),
      );
      expect(unfolded.sort()).toEqual(all.sort());
      expect(folded.map(({ objects }) => objects)).toEqual(
        once.map(({ objects }) => objects.map(({ action, object }) => `${action} ${object}`)),
      );
      for (const { objects } of changes)
        for (const { action, fields } of objects) expect(fields.length > 0).toBe(action === 'change');
    }),
    settings(300),
  );
});

test('a plan is plain data', () => {
  fc.assert(
    fc.property(state, state, (before, after) => {
      const made = plan(before, after);
      expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    }),
    settings(100),
  );
});

test('the way back changes the same objects', () => {
  const names = (one: ReturnType<typeof plan>) =>
    one.changes.flatMap(({ overlay, objects }) => objects.map(({ object: name }) => `${overlay} ${name}`)).sort();
  fc.assert(
    fc.property(state, state, (before, after) => {
      expect(names(plan(after, before))).toEqual(names(plan(before, after)));
    }),
    settings(100),
  );
});

/** What a reader of Markdown would not take for code. */
function outsideCode(markdown: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const opening = /^ *(`{3,})diff$/.exec(line)?.[1];
    if (fence !== undefined) {
      if (line.trim() === fence) fence = undefined;
    } else if (opening !== undefined) fence = opening;
    else lines.push(line.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, 'C'));
  }
  expect(fence).toBeUndefined();
  return lines.join('\n');
}

test('in Markdown names and values are nothing but code', () => {
  fc.assert(
    fc.property(state, state, fc.integer({ min: 400, max: 4000 }), (before, after, mostCharacters) => {
      const made = plan(before, after);
      for (const options of [{}, { mostCharacters, pointer: 'See elsewhere' }]) {
        const outside = outsideCode(printPlanMarkdown(made, options));
        for (const line of outside.split('\n')) {
          expect(line).toMatch(
            /^(### [A-Za-z ]+|### C in C(, C)*( \(all (new|gone)\))?|)$|^C → C: |^ *- |^\*\*Cut here: \d+ more entries do not fit\. /,
          );
          expect(line.replace(/^ *- |^### |\*\*|⛔|⚠️/g, '')).toMatch(/^[A-Za-z0-9 ,.:;()→—-]*$/u);
        }
      }
    }),
    settings(300),
  );
});

test('Markdown is no longer than it may be, and says where the rest is', () => {
  fc.assert(
    fc.property(state, state, fc.integer({ min: 300, max: 3000 }), (before, after, mostCharacters) => {
      const made = plan(before, after);
      const whole = printPlanMarkdown(made);
      const cut = printPlanMarkdown(made, { mostCharacters, pointer: 'See elsewhere' });
      expect(cut.length).toBeLessThanOrEqual(mostCharacters);
      if (whole.length <= mostCharacters) expect(cut).toBe(whole);
      else expect(cut).toContain('See elsewhere');
    }),
    settings(200),
  );
});

test('nothing that moves a cursor or turns text around reaches a terminal', () => {
  fc.assert(
    fc.property(state, state, (before, after) => {
      expect(printPlan(plan(before, after), plainPalette)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }),
    settings(100),
  );
});

test('values of Secrets and ciphertext are nowhere in a plan', () => {
  const entry = fc.string({ minLength: 12, maxLength: 20, unit: fc.constantFrom(...'abcdefghijkXYZ0123456789') });
  // As it should be, and as somebody may have written it.
  const holder = fc.constantFrom<(entry: string) => unknown>(
    (one) => ({ password: one }),
    (one) => ({ password: { nested: one } }),
    (one) => [one],
    (one) => one,
    () => null,
    () => ({}),
    () => undefined,
  );
  const copied = 'kubectl.kubernetes.io/last-applied-configuration';
  const secret = fc.record({ kind: fc.constantFrom('Secret', 'SealedSecret'), entry, holder, copy: fc.boolean() });
  const rendered = ({
    kind,
    entry: one,
    holder: hold,
    copy: copies,
  }: typeof secret extends fc.Arbitrary<infer Made> ? Made : never) => {
    const metadata = { name: 'login', annotations: copies && kind === 'Secret' ? { [copied]: one } : {} };
    return kind === 'Secret'
      ? { apiVersion: 'v1', kind, metadata, data: hold(one), stringData: hold(one) }
      : { apiVersion: 'bitnami.com/v1alpha1', kind, metadata, spec: { encryptedData: hold(one) } };
  };
  fc.assert(
    fc.property(secret, secret, (one, other) => {
      const side = (object: PlainObject): RenderedState => ({ name: 'state', overlays: new Map([['dev/shop', [object]]]) });
      const made = plan(side(rendered(one)), side(rendered(other)));
      const said = JSON.stringify(made) + printPlan(made, plainPalette) + printPlanMarkdown(made);
      for (const { entry: value } of [one, other]) expect(said).not.toContain(value);
      // Nor what could be tried against a list of passwords.
      expect(said).not.toMatch(/[0-9a-f]{64}/);
    }),
    settings(500),
  );
});
