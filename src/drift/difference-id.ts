import { canonicalJson } from '../compile/expected-objects.ts';
import { digestOf } from '../model/digest.ts';
import { type Between, betweens, type Difference, type ObjectName } from './difference.ts';

export interface Named {
  readonly between: Between;
  readonly cluster: string;
  readonly overlay?: string | undefined;
  readonly object?: ObjectName | undefined;
  readonly field?: string | undefined;
}

/** `cluster:prod-eu/fluss/StatefulSet/tablet#spec.replicas`; what belongs to no system goes by `@cluster/namespace`. */
export function differenceId({ between, cluster, overlay, object, field }: Named): string {
  const where = overlay ?? `@${cluster}${object?.namespace == null ? '' : `/${object.namespace}`}`;
  const what = object === undefined ? '' : `/${object.kind}/${object.name}`;
  return `${between}:${where}${what}${field === undefined ? '' : `#${field}`}`;
}

/** Whether a difference could be called so; of one that ends in `*`, whether any that begins so could. */
export function couldBeId(id: string): boolean {
  const start = id.endsWith('*') ? id.slice(0, -1) : undefined;
  return betweens.some((word) => (start ?? id).startsWith(`${word}:`) || (start !== undefined && `${word}:`.startsWith(start)));
}

/** Of what is there, so that an acceptance does not cover what comes after it. Values are only hashed here. */
export function differenceDigest(what: Difference['what'], live: unknown): string {
  return digestOf(what, canonicalJson(live ?? null)).slice(0, 16);
}
