import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { KubernetesSchemas } from './schema-types.ts';

export const supportedMinors: readonly string[] = ['1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36'];

const loaded = new Map<string, KubernetesSchemas>();

export function loadSchemas(minor: string, schemasFolder: string): KubernetesSchemas {
  const key = `${minor} ${schemasFolder}`;
  const known = loaded.get(key);
  if (known) return known;
  if (!supportedMinors.includes(minor)) {
    throw new Error(`Kubernetes ${minor} is not supported; supported are ${supportedMinors.join(', ')}`);
  }
  const schemas = readDataFile(join(schemasFolder, `kubernetes-${minor}.json.br`)) as KubernetesSchemas;
  const custom = loadCustomResources(join(schemasFolder, 'custom-resources.json.br'));
  // No CustomResourceDefinition shares a group with Kubernetes, so nothing is overwritten.
  Object.assign(schemas.kinds, custom.kinds);
  Object.assign(schemas.definitions, custom.definitions);
  loaded.set(key, schemas);
  return schemas;
}

type CustomResources = Pick<KubernetesSchemas, 'kinds' | 'definitions'>;
const loadedCustomResources = new Map<string, CustomResources>();

function loadCustomResources(file: string): CustomResources {
  const known = loadedCustomResources.get(file) ?? (readDataFile(file) as CustomResources);
  loadedCustomResources.set(file, known);
  return known;
}

function readDataFile(file: string): unknown {
  return JSON.parse(brotliDecompressSync(readFileSync(file)).toString('utf8'));
}
