import { didYouMean } from '../diagnostics/suggest.ts';
import { findRemoval, isKubernetesGroup } from '../kubernetes/find-schema.ts';
import { validateObject } from '../kubernetes/validate-object.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import type { Place } from '../model/source-file.ts';
import { atPath } from '../model/tracked.ts';
import { originAt } from './find-origin.ts';
import type { Rule } from './rule.ts';

/** Every object against the OpenAPI of the cluster's version, unknown fields included. */
export const checkKubernetesSchema: Rule = ({ objects, schemas, place }, report) => {
  if (schemas === undefined) return;
  for (const object of objects) {
    for (const violation of validateObject(object.plain, schemas)) {
      const where = `${object.kind}/${object.name}`;
      if (violation.problem === 'unknown-kind') {
        // Kinds of operators are the cluster's to list.
        if (!isKubernetesGroup(schemas, object.apiVersion)) continue;
        const written = violation.path.at(-1) === 'kind' ? object.kind : object.apiVersion;
        const replaced = findRemoval(schemas, object.apiVersion, object.kind)?.replacement !== undefined;
        const hint = replaced ? undefined : didYouMean(written, violation.known ?? []);
        report({
          code: 'unknown-kubernetes-kind',
          severity: 'error',
          message: `${where}: ${violation.message}`,
          place: originAt(object, violation.path)?.place ?? place,
          ...(hint === undefined ? {} : { hint }),
        });
        continue;
      }
      const last = violation.path.at(-1);
      const hint = violation.problem === 'unknown-field' ? hintFor(String(last), violation.known ?? []) : undefined;
      report({
        code: 'unknown-kubernetes-field',
        severity: 'error',
        message: `${where}: ${violation.message} (at ${violation.path.join('.')}, Kubernetes ${schemas.minor})`,
        place:
          (violation.problem === 'unknown-field' ? keyAtPath(object, violation.path) : undefined) ??
          originAt(object, violation.path)?.place ??
          place,
        ...(hint === undefined ? {} : { hint }),
      });
    }
  }
};

/** What kubectl would take for a directive is one for patches alone, and there but one. */
function hintFor(field: string, known: readonly string[]): string | undefined {
  return field.startsWith('$')
    ? 'of the directives of strategic merge, patches take `$patch: delete` in lists; `null` removes a field, and `json` replaces'
    : didYouMean(field, known);
}

function keyAtPath(object: DesiredObject, path: readonly (string | number)[]): Place | undefined {
  const origin = atPath(object.tree, path)?.origin;
  return origin?.kind === 'spec' ? origin.key : undefined;
}
