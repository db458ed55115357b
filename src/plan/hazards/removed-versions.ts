import type { PlainObject } from '../../model/desired-object.ts';
import { asList, asMap } from '../../model/pod-specs.ts';
import { type HazardRule, stays } from './hazard.ts';

/** Versions of a custom resource that clients may use and that are served no more. */
export const removedVersions: HazardRule = ({ objects }) =>
  objects.filter(stays).flatMap(({ object, kind, before, after }) => {
    if (kind !== 'CustomResourceDefinition') return [];
    const served = new Set(servedVersions(after));
    const gone = servedVersions(before).filter((version) => !served.has(version));
    return gone.length === 0 ? [] : [{ kind: 'crd-version', object, text: `serves ${gone.join(', ')} no more` }];
  });

function servedVersions(definition: PlainObject): string[] {
  return asList(asMap(definition.spec)?.versions)
    .filter((version) => version.served !== false)
    .map((version) => String(version.name));
}
