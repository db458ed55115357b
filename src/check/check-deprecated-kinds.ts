import { findKind } from '../kubernetes/find-schema.ts';
import { originAt } from './find-origin.ts';
import type { Rule } from './rule.ts';

/** What the cluster's version still has and a later one will not. */
export const checkDeprecatedKinds: Rule = ({ objects, schemas, place }, report) => {
  if (schemas === undefined) return;
  for (const object of objects) {
    const deprecated = findKind(schemas, object.apiVersion, object.kind)?.deprecated;
    if (deprecated?.deprecatedIn === undefined) continue;
    const { deprecatedIn, removedIn, replacement } = deprecated;
    report({
      code: 'deprecated-kubernetes-kind',
      severity: 'warning',
      message: `${object.kind}/${object.name}: ${object.apiVersion} ${object.kind} is deprecated since Kubernetes ${deprecatedIn}${removedIn === undefined ? '' : ` and removed in ${removedIn}`}`,
      place: originAt(object, ['apiVersion'])?.place ?? place,
      ...(replacement === undefined ? {} : { hint: `use ${replacement.apiVersion} ${replacement.kind}` }),
    });
  }
};
