import { fileURLToPath } from 'node:url';
import { loadSchemas } from '../../src/kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../../src/kubernetes/schema-types.ts';

export const schemasFolder = fileURLToPath(new URL('../../schemas', import.meta.url));

export function schemasOf(minor: string): KubernetesSchemas {
  return loadSchemas(minor, schemasFolder);
}
