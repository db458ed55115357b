import { groupOf } from '../model/api-group.ts';
import type { KindName, KindSchema, KubernetesSchemas, Removal, Schema, StructuredSchema } from './schema-types.ts';

export function findKind(schemas: KubernetesSchemas, apiVersion: string, kind: string): KindSchema | undefined {
  return ownValue(ownValue(schemas.kinds, apiVersion), kind);
}

/** When the kind was removed and what replaces it, for kinds that an earlier minor had. */
export function findRemoval(schemas: KubernetesSchemas, apiVersion: string, kind: string): Removal | undefined {
  return ownValue(ownValue(schemas.removed, apiVersion), kind);
}

/** Whether Kubernetes has or had kinds of its own in that group; all others come with an operator. */
export function isKubernetesGroup(schemas: KubernetesSchemas, apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return (
    Object.keys(schemas.removed).some((other) => groupOf(other) === group) ||
    Object.entries(schemas.kinds).some(
      ([other, kinds]) => groupOf(other) === group && Object.values(kinds).some((kind) => kind.custom !== true),
    )
  );
}

export function kindsOf(schemas: KubernetesSchemas): KindName[] {
  return Object.entries(schemas.kinds).flatMap(([apiVersion, kinds]) => Object.keys(kinds).map((kind) => ({ apiVersion, kind })));
}

/** Follows references until a scalar type or a structure is reached. */
export function resolveSchema(schemas: KubernetesSchemas, schema: Schema): Schema {
  let current = schema;
  for (;;) {
    const name = definitionName(current);
    if (name === undefined) return current;
    const definition = schemas.definitions.get(name);
    if (definition === undefined) throw new Error(`The schemas of Kubernetes ${schemas.minor} lack ${name}`);
    current = definition;
  }
}

export function isStructured(schema: Schema): schema is StructuredSchema {
  return typeof schema !== 'string';
}

// Names come from manifests, where "constructor" must not find what every object inherits.
export function ownValue<Value>(record: Record<string, Value> | undefined, name: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

function definitionName(schema: Schema): string | undefined {
  if (typeof schema !== 'string') return schema.type === 'reference' ? schema.definition : undefined;
  return schema.includes('.') ? schema : undefined;
}
