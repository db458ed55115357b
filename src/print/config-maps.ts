import { fitsLiteral } from '../factor/literals.ts';
import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';

/** Hashed ConfigMaps as kustomize generates them. */
export interface GeneratorParts {
  /** Short values: entries of `configMapGenerator`. */
  readonly inline: PlainObject[];
  /** Files: a generator each, in a file of its own. */
  readonly files: { readonly fileName: string; readonly document: PlainObject }[];
  /** Values that literals cannot carry. */
  readonly patches: PlainObject[];
}

export function generatorsFor(configMaps: readonly DesiredObject[]): GeneratorParts {
  const parts: GeneratorParts = { inline: [], files: [], patches: [] };
  for (const configMap of configMaps) {
    const data = (asMap(configMap.plain.data) ?? {}) as Record<string, string>;
    const metadata = asMap(configMap.plain.metadata) ?? {};
    const fitting = Object.entries(data).filter(([key, value]) => fitsLiteral(key, value));
    const others = Object.entries(data).filter(([key, value]) => !fitsLiteral(key, value));
    const body = {
      ...(fitting.length > 0 ? { literals: fitting.map(([key, value]) => `${key}=${value}`) } : {}),
      options: { labels: metadata.labels, annotations: metadata.annotations },
    };
    if (fitting.some(([, value]) => value.includes('\n'))) {
      const document = { apiVersion: 'builtin', kind: 'ConfigMapGenerator', metadata: { name: configMap.name }, ...body };
      parts.files.push({ fileName: `${configMap.name}.config.yaml`, document });
    } else {
      parts.inline.push({ name: configMap.name, ...body });
    }
    if (others.length > 0) parts.patches.push(dataPatch(configMap.name, Object.fromEntries(others)));
  }
  return parts;
}

/**
 * Kustomize cuts white space off the end of an inline patch, and with it the last line break of a value
 * that ends there; so the data never stand last.
 */
export function dataPatch(name: string, data: Record<string, string>): PlainObject {
  return { data, apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } };
}
