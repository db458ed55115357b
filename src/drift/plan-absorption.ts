import { supportedMinors } from '../kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { groupOf } from '../model/api-group.ts';
import { deepEqual } from '../model/deep-equal.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import type { Tracked } from '../model/tracked.ts';
import { parsePath } from '../plan/field-path.ts';
import { printableLine } from '../plan/printable.ts';
import type { Desk } from '../promote/desk.ts';
import type { Intent } from '../promote/intent.ts';
import type { State } from '../promote/read-state.ts';
import { type Nothing, type Refusal, refuse } from '../promote/refusal.ts';
import type { ClassifiedField } from '../promote/transfer.ts';
import { readEnvironment } from '../read/read-documents.ts';
import { type Absorbed, absorbField, declaredValue, type Ground } from './absorb-field.ts';
import type { Difference } from './difference.ts';

export interface Absorption {
  readonly environment: string;
  readonly system: string;
  /** Of one system in one environment, each with an object and a field. */
  readonly differences: readonly Difference[];
  /** Why, where somebody said it. */
  readonly reason: string | undefined;
}

/** What would make the description say what is there. */
export function planAbsorption(absorption: Absorption, state: State, desk: Desk): Intent | Refusal | Nothing {
  const { environment, system, differences, reason } = absorption;
  const overlay = `${environment}/${system}`;
  const ground = groundOf(absorption, state, desk);
  if ('refused' in ground) return ground;
  const desired = state.rendered.systems.get(overlay)?.desired ?? [];
  let absorbed: Absorbed = { rendered: state.rendered, edits: [], patches: 0 };
  const fields: ClassifiedField[] = [];
  const notes: string[] = [];
  for (const difference of differences) {
    const { field = '', live: value } = difference;
    const object = desiredOf(difference, desired);
    if (object === undefined)
      return refuse(`${difference.id}: the description has no such object`, 'publish what the description says, and look again');
    const declared = declaredValue(absorbed.rendered, object, field, ground);
    if (deepEqual(declared, value)) continue;
    const wanted = { object, field, value, reason: reason ?? originOf(difference, desk.now()) };
    const next = absorbField(wanted, absorbed, ground);
    if ('refused' in next) return next;
    absorbed = next;
    const name = `${object.kind}/${object.name} ${field}`;
    const why = `it runs in cluster ${difference.cluster}`;
    fields.push({ path: parsePath(field), name, source: value, target: declared, class: 'carry', why, taken: true });
    if (next.isPatch) notes.push(`${name}: the language has no word for it here, so it is a patch`);
  }
  const [first, ...more] = fields;
  if (first === undefined) return { nothing: `the description of ${overlay} says all of it already` };
  return {
    purpose: 'absorb',
    key: { scope: 'system', environment, system },
    title: `Absorb ${more.length === 0 ? first.name : `${fields.length} fields`} into ${overlay}`,
    system,
    environment,
    edits: new Map([[ground.environment.path, absorbed.edits]]),
    additions: new Map(),
    fields,
    from: `cluster ${ground.environment.cluster}`,
    notes,
    verifiedIn: [],
    leftBehind: [],
  };
}

function groundOf({ environment: name, system }: Absorption, state: State, desk: Desk): Ground | Refusal {
  const { files, inputs, environments } = state.description;
  const environment = environments.get(name);
  const input = inputs.environments.find((one) => one.path === environment?.path);
  const document = (input === undefined ? undefined : readEnvironment(files, input, () => {}))?.document as Tracked | undefined;
  if (environment === undefined || document === undefined || !state.rendered.systems.has(`${name}/${system}`))
    return refuse(
      `the description on branch ${desk.settings.branch} does not run ${system} in ${name}`,
      'publish what the description says, and look again',
    );
  const schemas = desk.options.schemas(supportedMinors.at(-1) as string) as KubernetesSchemas;
  return { environment, system, document, state, options: desk.options, schemas };
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

/** Kept beside a patch, so that whoever finds it knows where it came from. */
function originOf({ cluster, owner, summary }: Difference, now: Date): string {
  const day = (owner?.since ?? now.toISOString()).slice(0, 10);
  const by = owner === undefined ? '' : `, written by ${owner.manager}`;
  return printableLine(`absorbed from ${cluster} on ${day}: ${summary}${by}`);
}
