import { asList, asMap } from '../model/pod-specs.ts';
import type { DeclaredKind } from './catalogue.ts';

/** The kinds that definitions among these objects bring along. */
export function definedKinds(objects: readonly unknown[]): DeclaredKind[] {
  return objects.flatMap((one) => {
    const object = asMap(one);
    const spec = asMap(object?.spec);
    const kind = asMap(spec?.names)?.kind;
    const scope = spec?.scope;
    if (object?.kind !== 'CustomResourceDefinition' || typeof kind !== 'string') return [];
    if (scope !== 'Cluster' && scope !== 'Namespaced') return [];
    return asList(spec?.versions).map(({ name }) => ({ apiVersion: `${String(spec?.group)}/${String(name)}`, kind, scope }));
  });
}
