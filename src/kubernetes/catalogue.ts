import { findKind } from './find-schema.ts';
import { mergeKeyOf } from './merge-keys.ts';
import type { KubernetesSchemas } from './schema-types.ts';

/** What the compiler asks about kinds that does not depend on one cluster. */
export interface Catalogue {
  isNamespaced(apiVersion: string, kind: string): boolean;
  mergeKeysOf(apiVersion: string, kind: string): (path: readonly string[]) => string | undefined;
}

export interface DeclaredKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly scope?: 'Namespaced' | 'Cluster' | undefined;
}

export function catalogueOf(schemas: KubernetesSchemas, declared: readonly DeclaredKind[]): Catalogue {
  const cache = new Map<string, (path: readonly string[]) => string | undefined>();
  return {
    isNamespaced: (apiVersion, kind) => {
      const own = declared.find((candidate) => candidate.apiVersion === apiVersion && candidate.kind === kind);
      return (own?.scope ?? findKind(schemas, apiVersion, kind)?.scope ?? 'Namespaced') === 'Namespaced';
    },
    mergeKeysOf: (apiVersion, kind) => {
      const id = `${apiVersion} ${kind}`;
      const known = cache.get(id) ?? ((path) => mergeKeyOf(schemas, apiVersion, kind, path));
      cache.set(id, known);
      return known;
    },
  };
}
