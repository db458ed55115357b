import { asMap } from '../model/pod-specs.ts';
import { atPath } from '../model/tracked.ts';
import { originAt } from './find-origin.ts';
import type { Rule } from './rule.ts';

const read =
  /^(?:internal\.config\.kubernetes\.io\/.*|config\.kubernetes\.io\/(?:local-config|index|path|origin)|config\.k8s\.io\/id|alpha\.config\.kubernetes\.io\/transformations)$/;

/** Annotations that kustomize takes for its own: it acts on them, and what it builds has them no more. */
export const checkKustomizeAnnotations: Rule = ({ objects, place }, report) => {
  for (const object of objects) {
    for (const key of Object.keys(asMap(asMap(object.plain.metadata)?.annotations) ?? {})) {
      if (!read.test(key)) continue;
      const path = ['metadata', 'annotations', key];
      const origin = atPath(object.tree, path)?.origin;
      report({
        code: 'wrong-type',
        severity: 'error',
        message: `${object.kind}/${object.name}: the annotation \`${key}\` is one that kustomize reads itself, and no cluster would get it`,
        place: (origin?.kind === 'spec' ? origin.key : undefined) ?? originAt(object, path)?.place ?? place,
        hint: key.endsWith('/local-config') ? 'to leave the object out, do not describe it' : 'leave it out',
      });
    }
  }
};
