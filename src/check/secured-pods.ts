import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { asMap, podSpecPath } from '../model/pod-specs.ts';
import { satisfies } from './check-kubernetes-version.ts';
import { ownContainers, ownPodSpec } from './own-pods.ts';
import type { Subject } from './rule.ts';

export type Path = readonly (string | number)[];

/** A pod or a container of it, with its securityContext. */
export interface Secured {
  readonly who: string;
  readonly fields: PlainObject;
  readonly context: PlainObject;
  /** From the object to the fields. */
  readonly path: Path;
}

/** A pod as the Pod Security Standards look at it. */
export interface SecuredPod {
  readonly object: DesiredObject;
  readonly pod: Secured;
  readonly containers: readonly Secured[];
  readonly annotations: PlainObject;
  readonly annotationsPath: Path;
  /** Whether the cluster runs this version or a later one, with what its standards allow. */
  readonly since: (version: string) => boolean;
}

/** Something that a level does not allow. */
export interface Violation {
  /** Who has what: ``container `web` is privileged``. */
  readonly what: string;
  readonly path: Path;
  /** What to do if it is not meant. */
  readonly remedy: string;
}

export function securedPod(object: DesiredObject, { cluster }: Subject): SecuredPod | undefined {
  const spec = ownPodSpec(object);
  if (spec === undefined) return undefined;
  const path = podSpecPath(object.kind);
  const above = path.slice(0, -1);
  const template = above.reduce<PlainObject | undefined>((node, key) => asMap(node?.[key]), object.plain);
  return {
    object,
    since: (version) => satisfies(cluster.document.value.spec.value.kubernetes.value, `>=${version}`),
    pod: secured('the pod', spec, path),
    containers: ownContainers([object]).map((own) => secured(`container \`${own.name}\``, own.container, own.path)),
    annotations: asMap(asMap(template?.metadata)?.annotations) ?? {},
    annotationsPath: [...above, 'metadata', 'annotations'],
  };
}

function secured(who: string, fields: PlainObject, path: Path): Secured {
  return { who, fields, path, context: asMap(fields.securityContext) ?? {} };
}

export function inContext({ path }: Secured, ...keys: Path): Path {
  return [...path, 'securityContext', ...keys];
}

/** Since 1.35 root in a user namespace of its own counts for no root. */
export function isAloneWithItsUsers({ pod, since }: SecuredPod): boolean {
  return pod.fields.hostUsers === false && since('1.35');
}
