import { compareText } from '../diagnostics/sort-diagnostics.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { bareObjects } from './bare-objects.ts';
import { type BarePair, type ChangeContext, changeObject } from './change-objects.ts';
import { foldChanges } from './fold-changes.ts';
import { type Allowed, allowedIn, environmentOf } from './hazards/allowed.ts';
import { findHazards } from './hazards/find-hazards.ts';
import type { Hazard, OverlayPair } from './hazards/hazard.ts';
import { hazardOrder } from './hazards/rules.ts';
import type { OverlayChange, Plan } from './plan.ts';
import type { RenderedState } from './rendered-state.ts';
import { unrenderedReleases } from './unrendered-releases.ts';

export interface PlanOptions {
  /** Say by which keys the elements of lists are matched; those of the newest version know most. */
  readonly schemas: KubernetesSchemas;
  /** Two things that stand side by side and do not become each other have differences and no hazards. */
  readonly sideBySide?: boolean;
  /** What was planned from the same state before: overlays that are as they were then are taken from there. */
  readonly known?: PlannedOverlays;
}

/** By `environment/system`; filled as they are planned. */
export type PlannedOverlays = Map<string, PlannedOverlay>;

interface PlannedOverlay {
  /** Rendered anew, they are others: with them come the values and the lines that a change tells. */
  readonly objects: readonly PlainObject[] | undefined;
  readonly application: PlainObject | undefined;
  readonly change: OverlayChange | undefined;
  readonly hazards: readonly Hazard[];
}

/** What becomes of each object on the way from one state to the other, and what is dangerous about it. */
export function planChanges(before: RenderedState, after: RenderedState, options: PlanOptions): Plan {
  const overlays = [...new Set([...before.overlays.keys(), ...after.overlays.keys()])].sort(compareText);
  const changes: OverlayChange[] = [];
  const hazards: Hazard[] = [];
  const allowed = allowedIn(after);
  for (const overlay of overlays) {
    if (before.overlays.get(overlay) === after.overlays.get(overlay)) continue;
    const planned = knownOverlay(overlay, after, options) ?? planOverlay(overlay, before, after, allowed, options);
    options.known?.set(overlay, planned);
    if (planned.change !== undefined) changes.push(planned.change);
    hazards.push(...planned.hazards);
  }
  if (options.sideBySide !== true) hazards.push(...exceeded(before, after));
  return {
    from: before.name,
    to: after.name,
    hazards: hazards.sort(
      (a, b) =>
        hazardOrder.indexOf(a.kind) - hazardOrder.indexOf(b.kind) ||
        compareText(a.overlay, b.overlay) ||
        compareText(a.object, b.object),
    ),
    changes,
    folded: foldChanges(changes).map(({ system, environments, objects }) => ({
      system,
      environments,
      objects: objects.map(({ action, object }) => `${action} ${object}`),
    })),
    unrendered: options.sideBySide === true ? [] : unrenderedReleases(before, after),
  };
}

function knownOverlay(overlay: string, after: RenderedState, { known }: PlanOptions): PlannedOverlay | undefined {
  const planned = known?.get(overlay);
  const isSame = planned?.objects === after.overlays.get(overlay) && planned?.application === after.applications?.get(overlay);
  // What becomes of deleted objects depends on the rest of the environment as well.
  return isSame && planned?.hazards.every(({ kind }) => kind !== 'delete') === true ? planned : undefined;
}

function planOverlay(
  overlay: string,
  before: RenderedState,
  after: RenderedState,
  allowed: ReadonlyMap<string, Allowed>,
  options: PlanOptions,
): PlannedOverlay {
  const [was, is] = [before.overlays.get(overlay), after.overlays.get(overlay)];
  const pairs = pairObjects(was ?? [], is ?? []);
  const context = contextOf(overlay, before, after, options.schemas);
  const objects = pairs.flatMap((pair) => changeObject(pair, context) ?? []);
  const pair = overlayPair(overlay, pairs, before, after, allowed.get(environmentOf(overlay)));
  const action = was === undefined ? 'create' : is === undefined ? 'delete' : 'change';
  return {
    objects: is,
    application: after.applications?.get(overlay),
    change: objects.length === 0 ? undefined : { overlay, action, objects },
    hazards: options.sideBySide === true ? [] : findHazards(overlay, pair),
  };
}

/** Objects of both sides by what they are, in the order of kind and name. */
function pairObjects(before: readonly PlainObject[], after: readonly PlainObject[]): BarePair[] {
  const [was, is] = [before, after].map((objects) => new Map(bareObjects(objects).map((object) => [object.id, object])));
  const ids = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])];
  const byName = (id: string) => id.slice(id.indexOf(' ') + 1);
  return ids
    .sort((a, b) => compareText(byName(a), byName(b)) || compareText(a, b))
    .map((id) => ({ before: was?.get(id), after: is?.get(id) }));
}

function contextOf(overlay: string, before: RenderedState, after: RenderedState, schemas: KubernetesSchemas): ChangeContext {
  return {
    schemas,
    versionsOf: (secret, key) => {
      const address = `${overlay}/${secret}/${key}`;
      return [before.sealed?.get(address), after.sealed?.get(address)];
    },
    becauseOf: (field) => after.becauseOf?.(overlay, field) ?? [],
  };
}

function overlayPair(
  overlay: string,
  pairs: readonly BarePair[],
  before: RenderedState,
  after: RenderedState,
  allowed: Allowed | undefined,
): OverlayPair {
  return {
    objects: pairs.map((pair) => {
      const { kind, name } = (pair.after ?? pair.before) as NonNullable<BarePair['after']>;
      return {
        object: `${kind}/${name}`,
        kind,
        before: pair.before?.plain,
        after: pair.after?.plain,
        rawBefore: pair.before?.raw,
        rawAfter: pair.after?.raw,
      };
    }),
    applicationBefore: before.applications?.get(overlay),
    applicationAfter: after.applications?.get(overlay),
    allowed,
  };
}

/** Told for each environment that shares what is exceeded; what was so before is no news. */
function exceeded(before: RenderedState, after: RenderedState): Hazard[] {
  const known = new Set(before.excess?.map(({ text }) => text));
  return (after.excess ?? [])
    .filter(({ text }) => !known.has(text))
    .flatMap(({ overlays, text }) =>
      overlays
        .filter((overlay) => after.overlays.has(overlay))
        .map((overlay): Hazard => {
          const [environment = ''] = overlay.split('/');
          return { kind: 'capacity', overlay, object: `Environment/${environment}`, text, blocking: false };
        }),
    );
}
