import type { PlainObject } from '../../model/desired-object.ts';
import { asMap } from '../../model/pod-specs.ts';

/** How Argo CD is told to treat an object: `Prune=confirm`, `Force=true`. */
export function syncOptionsOf(object: PlainObject): ReadonlySet<string> {
  const written = asMap(asMap(object.metadata)?.annotations)?.['argocd.argoproj.io/sync-options'];
  return new Set(typeof written === 'string' ? written.split(',').map((option) => option.trim()) : []);
}

/** Deleted and made again with every change, so that no field of it is immutable. */
export function isReplaced(object: PlainObject): boolean {
  const options = syncOptionsOf(object);
  return options.has('Replace=true') && options.has('Force=true');
}
