import { wrongType } from './check-scalar.ts';
import { checkValue, isRecord, type Violation } from './check-value.ts';
import { findKind, findRemoval, kindsOf, ownValue } from './find-schema.ts';
import type { KubernetesSchemas } from './schema-types.ts';

export type { Violation } from './check-value.ts';

/** Everything about the object that the API server of this minor would not take, or would ignore. */
export function validateObject(object: unknown, schemas: KubernetesSchemas): Violation[] {
  if (!isRecord(object)) return [{ path: [], ...wrongType('a Kubernetes object', object) }];
  const { apiVersion, kind } = object;
  const violations = [...checkName('apiVersion', apiVersion), ...checkName('kind', kind)];
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || violations.length > 0) return violations;
  const found = findKind(schemas, apiVersion, kind);
  if (!found) return [unknownKind(schemas, apiVersion, kind)];
  checkValue(object, found.definition, { schemas, path: [], violations });
  return violations;
}

function checkName(field: 'apiVersion' | 'kind', value: unknown): Violation[] {
  if (value === undefined || value === null || value === '') {
    return [{ path: [field], problem: 'missing-field', message: `required field "${field}" is missing` }];
  }
  return typeof value === 'string' ? [] : [{ path: [field], ...wrongType('a string', value) }];
}

/** Points at `apiVersion`, with the versions that have the kind, or else at `kind`, with its neighbours. */
function unknownKind(schemas: KubernetesSchemas, apiVersion: string, kind: string): Violation {
  const removal = findRemoval(schemas, apiVersion, kind);
  const replacement = removal?.replacement;
  const apiVersions = kindsOf(schemas)
    .filter((other) => other.kind === kind)
    .map((other) => other.apiVersion);
  const neighbours = Object.keys(ownValue(schemas.kinds, apiVersion) ?? {});
  const pointsAtKind = apiVersions.length === 0 && neighbours.length > 0;
  const known = replacement?.kind === kind ? [replacement.apiVersion] : pointsAtKind ? neighbours : apiVersions;
  const absence = removal ? `no longer has (removed in ${removal.removedIn})` : 'does not have';
  const advice = replacement ? `; use ${replacement.apiVersion} ${replacement.kind}` : '';
  return {
    path: [pointsAtKind ? 'kind' : 'apiVersion'],
    problem: 'unknown-kind',
    message: `Kubernetes ${schemas.minor} ${absence} ${apiVersion} ${kind}${advice}`,
    known,
  };
}
