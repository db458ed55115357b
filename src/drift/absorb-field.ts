import type { YamlEdit } from '../edit/yaml-edit.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { deepEqual } from '../model/deep-equal.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import type { Tracked } from '../model/tracked.ts';
import { bareObjects } from '../plan/bare-objects.ts';
import { parsePath } from '../plan/field-path.ts';
import { listKeysOf } from '../plan/list-keys.ts';
import { planChanges } from '../plan/plan-changes.ts';
import type { RenderedFleet } from '../plan/render-fleet.ts';
import { applyIntent } from '../promote/apply-intent.ts';
import { renderDescription } from '../promote/change-fleet.ts';
import { type DescribedEnvironment, settingsOf } from '../promote/description.ts';
import type { Desk } from '../promote/desk.ts';
import type { State } from '../promote/read-state.ts';
import { type Refusal, refuse } from '../promote/refusal.ts';
import { absorbCandidates } from './absorb-candidates.ts';
import type { Difference } from './difference.ts';
import { locateField } from './locate-field.ts';

/** The system that is to say more, on what lies on the branch. */
export interface Ground {
  readonly environment: DescribedEnvironment;
  readonly system: string;
  /** Its file as it was read, every value with its place. */
  readonly document: Tracked;
  readonly state: State;
  readonly options: Desk['options'];
  readonly schemas: KubernetesSchemas;
}

/** A field with the value that it is to have. */
export interface Wanted {
  readonly object: DesiredObject;
  readonly field: string;
  /** Undefined: it is to go. */
  readonly value: unknown;
  /** For a patch. */
  readonly reason: string;
}

/** The description with what was absorbed so far. */
export interface Absorbed {
  readonly rendered: RenderedFleet;
  readonly edits: readonly YamlEdit[];
  readonly patches: number;
}

/** Tries one way after the other until compiling gives just the value that is wanted, and nothing else is another. */
export function absorbField(
  wanted: Wanted,
  before: Absorbed,
  ground: Ground,
): (Absorbed & { readonly isPatch: boolean }) | Refusal {
  const { environment, system, document, state, schemas, options } = ground;
  const { object, field, value } = wanted;
  const located = locateField(object.plain, field, listKeysOf([object.plain], schemas));
  const written = settingsOf(environment, system)?.patches?.length;
  const patches = written === undefined && before.patches === 0 ? undefined : (written ?? 0) + before.patches;
  const entry = { document, path: environment.path, system, patches, schemas };
  let problem = 'nothing that can be said there gives just that';
  for (const candidate of absorbCandidates({ ...wanted, located }, entry)) {
    const edits = [...before.edits, ...candidate.edits];
    const to = applyIntent(state.description.files, { edits: new Map([[environment.path, edits]]), additions: new Map() });
    if ('refused' in to) {
      problem = to.refused;
      continue;
    }
    const rendered = renderDescription('absorbed', to, options, state.rendered);
    const error = rendered.diagnostics.find(({ severity }) => severity === 'error');
    if (error !== undefined) {
      problem = error.message;
      continue;
    }
    const isThere = deepEqual(declaredValue(rendered, object, field, ground), value);
    if (!isThere || !changesOnly(before.rendered, rendered, wanted, ground)) continue;
    return { rendered, edits, patches: before.patches + (candidate.isPatch ? 1 : 0), isPatch: candidate.isPatch };
  }
  return refuse(
    `${object.kind}/${object.name} ${field} cannot be absorbed: ${problem}`,
    `edit ${environment.path} by hand, or put back what is declared: \`stowage drift --revert\``,
  );
}

/** As clusters would get it; undefined where it is not. */
export function declaredValue(
  { state }: RenderedFleet,
  { kind, name, apiVersion }: DesiredObject,
  field: Difference['field'],
  { environment, system, schemas }: Ground,
): unknown {
  const objects = bareObjects(state.overlays.get(`${environment.name}/${system}`) ?? []);
  const found = objects.find(
    ({ plain, ...object }) => object.kind === kind && object.name === name && plain.apiVersion === apiVersion,
  );
  if (found === undefined) return undefined;
  const { rest, value } = locateField(found.plain, field ?? '', listKeysOf([found.plain], schemas));
  return rest.length > 0 ? undefined : value;
}

/** Whoever absorbs one thing must not change another by it. */
function changesOnly(before: RenderedFleet, after: RenderedFleet, { object, field }: Wanted, ground: Ground): boolean {
  const { environment, system, schemas } = ground;
  const { changes } = planChanges(before.state, after.state, { schemas, sideBySide: true });
  const [change, ...others] = changes;
  if (change === undefined || others.length > 0 || change.overlay !== `${environment.name}/${system}`) return false;
  const [changed, ...more] = change.objects;
  if (changed === undefined || more.length > 0 || changed.object !== `${object.kind}/${object.name}`) return false;
  const meant = parsePath(field);
  // What is the first of its kind comes with all that is around it.
  return changed.fields.every(({ path }) =>
    parsePath(path).every((step, index) => meant[index] === undefined || step === meant[index]),
  );
}
