import type { PlainObject } from '../../model/desired-object.ts';
import { asMap } from '../../model/pod-specs.ts';
import { missingIn, namespaceOf } from './allowed.ts';
import type { HazardRule } from './hazard.ts';
import { syncOptionsOf } from './sync-options.ts';

/** What is no longer declared, and what Argo CD makes of that. */
export const deletions: HazardRule = ({ objects, applicationBefore, applicationAfter, allowed }) => {
  const gone = objects.filter(({ before, after }) => before !== undefined && after === undefined);
  const namespaces = new Set(gone.flatMap(({ kind, before }) => (kind === 'Namespace' ? [asMap(before?.metadata)?.name] : [])));
  return gone.map(({ object, kind, before }) => {
    const missing = allowed && missingIn(allowed, before as PlainObject);
    // What lies in a namespace goes with it.
    if (missing !== undefined && !namespaces.has(namespaceOf(before as PlainObject)))
      return { kind: 'delete', object, text: leftBehind(missing) };
    const more = kind === 'Namespace' ? ' (and everything in it)' : '';
    return { kind: 'delete', object, text: `${fateOf(before as PlainObject, applicationBefore, applicationAfter)}${more}` };
  });
};

function leftBehind(missing: string): string {
  return `is no longer declared; it stays in the cluster, where Argo CD sees it no more: its AppProject allows ${missing} from then on, so delete it by hand`;
}

export function fateOf(object: PlainObject, before: PlainObject | undefined, after: PlainObject | undefined): string {
  const options = syncOptionsOf(object);
  if (after === undefined) {
    if (before === undefined) return 'is no longer declared';
    const cascades = asMap(before.metadata)?.finalizers !== undefined;
    if (!cascades || options.has('Delete=false')) return 'stays in the cluster when its Application is deleted';
    return `goes when somebody deletes its Application${options.has('Delete=confirm') ? ' and confirms it' : ''}`;
  }
  const automated = asMap(asMap(asMap(after.spec)?.syncPolicy)?.automated);
  if (options.has('Prune=false')) return 'is no longer declared; Argo CD keeps it';
  if (automated?.prune !== true) return 'is no longer declared; it stays in the cluster until somebody prunes it';
  return options.has('Prune=confirm') ? 'is deleted by Argo CD after a confirmation' : 'is deleted by Argo CD';
}
