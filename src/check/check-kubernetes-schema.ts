import { didYouMean } from '../diagnostics/suggest.ts';
import { validateObject } from '../kubernetes/validate-object.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import { placeOf } from '../model/origin.ts';
import type { Place } from '../model/source-file.ts';
import { atPath } from '../model/tracked.ts';
import type { Rule } from './rule.ts';

/** Every object against the OpenAPI of the cluster's version, unknown fields included. */
export const checkKubernetesSchema: Rule = ({ objects, schemas, customResources, place }, report) => {
  if (schemas === undefined) return;
  for (const object of objects) {
    for (const violation of validateObject(object.plain, schemas)) {
      const where = `${object.kind}/${object.name}`;
      if (violation.problem === 'unknown-kind') {
        if (customResources.has(`${object.apiVersion}/${object.kind}`)) continue;
        report({
          code: 'unknown-kubernetes-kind',
          severity: 'error',
          message: `${where}: ${violation.message}`,
          place: placeAtPath(object, violation.path) ?? place,
          hint: `for a custom resource list ${object.apiVersion}/${object.kind} under customResources of the cluster`,
        });
        continue;
      }
      const last = violation.path.at(-1);
      const hint =
        violation.problem === 'unknown-field' && typeof last === 'string' ? didYouMean(last, violation.known ?? []) : undefined;
      report({
        code: 'unknown-kubernetes-field',
        severity: 'error',
        message: `${where}: ${violation.message} (at ${violation.path.join('.')}, Kubernetes ${schemas.minor})`,
        place:
          (violation.problem === 'unknown-field' ? keyAtPath(object, violation.path) : undefined) ??
          placeAtPath(object, violation.path) ??
          place,
        ...(hint === undefined ? {} : { hint }),
      });
    }
  }
};

function keyAtPath(object: DesiredObject, path: readonly (string | number)[]): Place | undefined {
  const origin = atPath(object.tree, path)?.origin;
  return origin?.kind === 'spec' ? origin.key : undefined;
}

/** The place of the field, or of the nearest one around it that somebody wrote. */
function placeAtPath(object: DesiredObject, path: readonly (string | number)[]): Place | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = atPath(object.tree, path.slice(0, length));
    const place = node === undefined ? undefined : placeOf(node.origin);
    if (place !== undefined) return place;
  }
  return undefined;
}
