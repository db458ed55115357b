import { findKind, isStructured, ownValue, resolveSchema } from './find-schema.ts';
import type { KubernetesSchemas, Schema } from './schema-types.ts';

export type FieldPath = readonly (string | number)[];

/** How a strategic merge patch treats one field. */
export interface FieldMerge {
  /** As Kubernetes spells it: "merge", "replace", "retainKeys" or "merge,retainKeys". */
  patchStrategy: string;
  mergeKey?: string;
  /** All keys that identify an element; more than one only for a few lists such as `ports`. */
  mergeKeys: string[];
}

/** The key by which a patch matches the elements of the list at `path`; undefined replaces the list. */
export function mergeKeyOf(schemas: KubernetesSchemas, apiVersion: string, kind: string, path: FieldPath): string | undefined {
  const merge = fieldMergeOf(schemas, apiVersion, kind, path);
  return merge?.patchStrategy.split(',').includes('merge') ? merge.mergeKey : undefined;
}

export function fieldMergeOf(
  schemas: KubernetesSchemas,
  apiVersion: string,
  kind: string,
  path: FieldPath,
): FieldMerge | undefined {
  const found = findKind(schemas, apiVersion, kind);
  // Patches of custom resources are plain merges, even within their metadata.
  if (!found || found.custom) return undefined;
  let schema: Schema | undefined = found.definition;
  for (const step of path) {
    schema = schemaBelow(schemas, schema, step);
    if (schema === undefined) return undefined;
  }
  if (!isStructured(schema) || schema.patchStrategy === undefined) return undefined;
  const { patchStrategy, mergeKey, mapKeys } = schema;
  if (mergeKey === undefined) return { patchStrategy, mergeKeys: [] };
  return { patchStrategy, mergeKey, mergeKeys: mapKeys ?? [mergeKey] };
}

/** The path may leave out indices: `containers`, `ports` means the ports of any container. */
function schemaBelow(schemas: KubernetesSchemas, schema: Schema, step: string | number): Schema | undefined {
  const resolved = resolveSchema(schemas, schema);
  if (!isStructured(resolved)) return undefined;
  if (resolved.type === 'list') {
    return typeof step === 'number' ? resolved.items : schemaBelow(schemas, resolved.items, step);
  }
  if (resolved.type === 'map') return resolved.values;
  return resolved.type === 'object' ? ownValue(resolved.properties, String(step)) : undefined;
}
