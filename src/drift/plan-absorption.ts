import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { YamlEdit } from '../edit/yaml-edit.ts';
import { supportedMinors } from '../kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { deepEqual } from '../model/deep-equal.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import type { Tracked } from '../model/tracked.ts';
import { bareObjects } from '../plan/bare-objects.ts';
import { parsePath } from '../plan/field-path.ts';
import { listKeysOf } from '../plan/list-keys.ts';
import { planChanges } from '../plan/plan-changes.ts';
import { printableLine } from '../plan/printable.ts';
import type { RenderedFleet } from '../plan/render-fleet.ts';
import { applyIntent } from '../promote/apply-intent.ts';
import { renderDescription } from '../promote/change-fleet.ts';
import { type DescribedEnvironment, settingsOf } from '../promote/description.ts';
import type { Desk } from '../promote/desk.ts';
import type { Intent } from '../promote/intent.ts';
import type { State } from '../promote/read-state.ts';
import { type Nothing, type Refusal, refuse } from '../promote/refusal.ts';
import type { ClassifiedField } from '../promote/transfer.ts';
import { readEnvironment } from '../read/read-documents.ts';
import { absorbCandidates, type Candidate, type Entry } from './absorb-candidates.ts';
import type { Difference } from './difference.ts';
import { locateField } from './locate-field.ts';

export interface Absorption {
  readonly environment: string;
  readonly system: string;
  /** Of one system in one environment, each with a field. */
  readonly differences: readonly Difference[];
  /** Why, where somebody said it. */
  readonly reason: string | undefined;
}

/** What would make the description say what is there: one edit after the other, each tried until compiling gives just that. */
export function planAbsorption(absorption: Absorption, state: State, desk: Desk): Intent | Refusal | Nothing {
  const { environment: name, system, differences } = absorption;
  const overlay = `${name}/${system}`;
  const environment = state.description.environments.get(name);
  const compiled = state.rendered.systems.get(overlay);
  if (environment === undefined || compiled === undefined)
    return refuse(
      `the description on branch ${desk.settings.branch} does not run ${system} in ${name}`,
      'publish what it says first',
    );
  const schemas = desk.options.schemas(supportedMinors.at(-1) as string) as KubernetesSchemas;
  let steps: Steps = { rendered: state.rendered, edits: [], fields: [], patches: [] };
  for (const difference of differences) {
    const object = desiredOf(difference, compiled.desired);
    if (object === undefined)
      return refuse(
        `${fieldName(difference)}: the description has no such object`,
        'publish what the description says, and look again',
      );
    const declared = valueIn(steps.rendered, overlay, object, difference, schemas);
    if (deepEqual(declared, difference.live)) continue;
    const entry = entryOf(environment, system, steps, state, schemas, object);
    const next = absorbOne(
      { difference, object, declared, overlay, path: environment.path },
      entry,
      steps,
      absorption,
      state,
      desk,
      schemas,
    );
    if ('refused' in next) return next;
    steps = next;
  }
  const [first, ...more] = steps.fields;
  if (first === undefined) return { nothing: `the description of ${overlay} says all of it already` };
  const clusters = [...new Set(differences.map(({ cluster }) => cluster))];
  return {
    purpose: 'absorb',
    key: { scope: 'system', environment: name, system },
    title: `Absorb ${more.length === 0 ? first.name : `${steps.fields.length} fields`} into ${overlay}`,
    system,
    environment: name,
    edits: new Map([[environment.path, steps.edits]]),
    additions: new Map(),
    fields: steps.fields,
    from: `cluster ${clusters.join(', ')}`,
    notes: steps.patches.map((field) => `${field}: the language has no word for it here, so it is a patch`),
    verifiedIn: [],
    leftBehind: [],
  };
}

/** How far it is. */
interface Steps {
  readonly rendered: RenderedFleet;
  readonly edits: readonly YamlEdit[];
  readonly fields: readonly ClassifiedField[];
  /** Fields that are said by a patch. */
  readonly patches: readonly string[];
}

interface One {
  readonly difference: Difference;
  readonly object: DesiredObject;
  readonly declared: unknown;
  readonly overlay: string;
  readonly path: string;
}

function absorbOne(
  { difference, object, declared, overlay, path }: One,
  entry: Entry,
  steps: Steps,
  { reason }: Absorption,
  state: State,
  desk: Desk,
  schemas: KubernetesSchemas,
): Steps | Refusal {
  const { field = '', live } = difference;
  const located = locateField(object.plain, field, entry.keys);
  const wanted = { object, located, field, value: live, reason: reasonFor(difference, reason, desk.now()) };
  let problem = 'nothing that was tried gives just that';
  const attempt = (candidate: Candidate): Steps | undefined => {
    const edits = [...steps.edits, ...candidate.edits];
    const to = applyIntent(state.description.files, { edits: new Map([[path, edits]]), additions: new Map() });
    if ('refused' in to) {
      problem = to.refused;
      return undefined;
    }
    const rendered = renderDescription('absorbed', to, desk.options, state.rendered);
    const [error] = rendered.diagnostics.filter(({ severity }) => severity === 'error');
    if (error !== undefined || hasErrors(rendered.diagnostics)) {
      problem = error?.message ?? problem;
      return undefined;
    }
    if (!deepEqual(valueIn(rendered, overlay, object, difference, schemas), live)) return undefined;
    if (!changesOnly(steps.rendered, rendered, { overlay, object, field }, schemas)) return undefined;
    const name = fieldName(difference);
    const told = {
      path: [...parsePath(field)],
      name,
      source: live,
      target: declared,
      class: 'carry',
      why: `it runs in cluster ${difference.cluster}`,
      taken: true,
    } as const;
    return {
      rendered,
      edits,
      fields: [...steps.fields, told],
      patches: [...steps.patches, ...(candidate.isPatch ? [name] : [])],
    };
  };
  for (const candidate of absorbCandidates(wanted, entry)) {
    const next = attempt(candidate);
    if (next !== undefined) return next;
  }
  return refuse(
    `${fieldName(difference)} cannot be absorbed: ${problem}`,
    `edit ${path} by hand, or put back what is declared: \`stowage drift --revert\``,
  );
}

function entryOf(
  environment: DescribedEnvironment,
  system: string,
  steps: Steps,
  { description: { files, inputs } }: State,
  schemas: KubernetesSchemas,
  object: DesiredObject,
): Entry {
  const input = inputs.environments.find(({ path }) => path === environment.path);
  const document = (input === undefined ? undefined : readEnvironment(files, input, () => {}))?.document as Tracked;
  const written = settingsOf(environment, system)?.patches?.length;
  const appended = steps.patches.length;
  return {
    document,
    path: environment.path,
    system,
    patches: written === undefined && appended === 0 ? undefined : (written ?? 0) + appended,
    schemas,
    keys: listKeysOf([object.plain], schemas),
  };
}

/** ConfigMaps are called with a hash where they run, and without where they are described. */
function desiredOf({ object }: Difference, desired: readonly DesiredObject[]): DesiredObject | undefined {
  if (object === undefined) return undefined;
  const ofKind = desired.filter(
    ({ kind, apiVersion }) => kind === object.kind && groupOf(apiVersion) === groupOf(object.apiVersion),
  );
  return (
    ofKind.find(({ name }) => name === object.name) ??
    ofKind.find(({ name, hashed }) => hashed && object.name.startsWith(`${name}-`))
  );
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** As clusters would get it. */
function valueIn(
  { state }: RenderedFleet,
  overlay: string,
  { kind, name, apiVersion }: DesiredObject,
  { field = '' }: Difference,
  schemas: KubernetesSchemas,
): unknown {
  const found = bareObjects(state.overlays.get(overlay) ?? []).find(
    (object) => object.kind === kind && object.name === name && object.plain.apiVersion === apiVersion,
  );
  if (found === undefined) return undefined;
  const { rest, value } = locateField(found.plain, field, listKeysOf([found.plain], schemas));
  return rest.length > 0 ? undefined : value;
}

interface Place {
  readonly overlay: string;
  readonly object: DesiredObject;
  readonly field: string;
}

/** Whoever absorbs one thing must not change another by it. */
function changesOnly(
  before: RenderedFleet,
  after: RenderedFleet,
  { overlay, object, field }: Place,
  schemas: KubernetesSchemas,
): boolean {
  const { changes } = planChanges(before.state, after.state, { schemas, sideBySide: true });
  const [change, ...others] = changes;
  if (change === undefined || others.length > 0 || change.overlay !== overlay) return false;
  const [changed, ...more] = change.objects;
  if (changed === undefined || more.length > 0 || changed.object !== `${object.kind}/${object.name}`) return false;
  const meant = parsePath(field);
  return changed.fields.every(({ path }) =>
    parsePath(path).every((step, index) => meant[index] === undefined || step === meant[index]),
  );
}

function fieldName({ object, field }: Difference): string {
  return `${object?.kind}/${object?.name} ${field}`;
}

/** Kept beside the patch, so that whoever finds it knows where it came from. */
function reasonFor({ cluster, owner, summary }: Difference, given: string | undefined, now: Date): string {
  if (given !== undefined) return given;
  const day = (owner?.since ?? now.toISOString()).slice(0, 10);
  const by = owner === undefined ? '' : `, written by ${owner.manager}`;
  return printableLine(`absorbed from ${cluster} on ${day}: ${summary}${by}`);
}
