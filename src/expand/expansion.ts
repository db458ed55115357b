import type { Report } from '../diagnostics/diagnostic.ts';
import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { convention, type Origin } from '../model/origin.ts';
import { type Tracked, track, trackAll, untrack } from '../model/tracked.ts';
import type { Dependency, ResolvedComponent, ResolvedSystem } from '../resolve/resolved.ts';

/** What every expander of a kind gets to see. */
export interface Expansion {
  readonly system: ResolvedSystem;
  readonly components: ReadonlyMap<string, ResolvedComponent>;
  readonly waves: ReadonlyMap<string, number>;
  readonly lastWave: number;
  readonly report: Report;
  outgoing(component: string): readonly Dependency[];
  incoming(component: string): readonly Dependency[];
  /** Notes that a pod reads a secret, so that its stub is written. */
  useSecret(secret: string): void;
  useConfig(config: string, component: string): void;
  useGroup(group: string, component: string): void;
}

export interface ObjectHead {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** The field that says the name; else it is that of the component. */
  readonly named?: Tracked | undefined;
  readonly component?: ResolvedComponent;
  readonly topic: string;
  readonly namespaced?: boolean;
  readonly hashed?: boolean;
  readonly annotations?: Record<string, unknown>;
  readonly labels?: Record<string, unknown>;
}

/**
 * Puts a head on a body. Fields that the body gives no origin come from the component, or by convention. Its name and
 * labels are the component's, whoever asked for the object.
 */
export function desiredObject(
  head: ObjectHead,
  body: Record<string, unknown>,
  system: ResolvedSystem,
  fallback?: Origin,
): DesiredObject {
  const { component } = head;
  const origin = fallback ?? component?.spec.origin ?? convention(`${head.kind} of ${system.name}`);
  const ownOrigin = component?.spec.origin ?? origin;
  const named = head.named ?? component?.spec.value.name;
  const annotations = trackAll({ ...(head.hashed === true ? outlives : {}), ...head.annotations }, origin);
  const labels = {
    'app.kubernetes.io/part-of': system.name,
    ...(component === undefined ? {} : componentLabels(component)),
    ...head.labels,
  };
  const tree = trackAll(
    {
      apiVersion: head.apiVersion,
      kind: head.kind,
      metadata: {
        name: { value: head.name, origin: named?.origin ?? ownOrigin },
        labels: trackAll(labels, ownOrigin),
        annotations: Object.keys(annotations.value as object).length > 0 ? annotations : undefined,
      },
      ...body,
    },
    origin,
  );
  return asDesired(head, tree);
}

export function asDesired(head: Omit<ObjectHead, 'named' | 'annotations' | 'labels'>, tree: Tracked): DesiredObject {
  return {
    apiVersion: head.apiVersion,
    kind: head.kind,
    name: head.name,
    namespaced: head.namespaced ?? true,
    component: head.component?.key,
    topic: head.topic,
    hashed: head.hashed ?? false,
    tree,
    plain: untrack(tree) as PlainObject,
  };
}

export function systemLabels(system: ResolvedSystem): Record<string, string> {
  return { 'app.kubernetes.io/part-of': system.name };
}

function componentLabels(component: ResolvedComponent): Record<string, unknown> {
  const own = (component.spec.value.labels?.value ?? {}) as Record<string, unknown>;
  return { 'app.kubernetes.io/name': nameOf(component), 'app.kubernetes.io/component': component.key, ...own };
}

/** Selectors are immutable: only what a component never changes about itself. */
export function selectorLabels(component: ResolvedComponent, system: ResolvedSystem): Tracked<Record<string, string>> {
  const labels = { 'app.kubernetes.io/name': nameOf(component), 'app.kubernetes.io/part-of': system.name };
  return trackAll(labels, component.spec.origin) as Tracked<Record<string, string>>;
}

/** The name of a component as the field says it that gives it; where none does, it follows from the component. */
function nameOf({ name, spec }: ResolvedComponent): Tracked<string> {
  return track<string>(name, (spec.value.name ?? spec).origin);
}

const inWaves = convention('what others wait for is applied in an earlier wave');

export function waveAnnotation(wave: number): Record<string, Tracked<string> | undefined> {
  return { 'argocd.argoproj.io/sync-wave': wave === 0 ? undefined : track<string>(String(wave), inWaves) };
}

export const confirmDeletion = {
  'argocd.argoproj.io/sync-options': track<string>(
    'Prune=confirm,Delete=confirm',
    convention('volumes and namespaces are never pruned or deleted without the confirmation of a person'),
  ),
};

/** Its successor has another name. Where nothing is pruned by itself, all that was ever changed would be out of sync for good. */
const outlives = {
  'argocd.argoproj.io/compare-options': track<string>(
    'IgnoreExtraneous',
    convention('a ConfigMap that another one took the place of does not put its Application out of sync'),
  ),
};

/** Pods that a component creates at run time know a ConfigMap by its bare name: one that nobody else takes gets no hash. */
export function keepsBareName(users: readonly ResolvedComponent[]): boolean {
  return users.length > 0 && users.every((user) => user.spec.value.createdBy !== undefined);
}
