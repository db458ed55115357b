import { fileURLToPath } from 'node:url';
import { loadSchemas, supportedMinors } from './kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from './kubernetes/schema-types.ts';

declare const __VERSION__: string;
declare const __COMPILER__: string;

/** Set when the CLI is bundled; tests run from the sources. */
export const version = typeof __VERSION__ === 'undefined' ? '0.0.0-sources' : __VERSION__;
export const compiler = typeof __COMPILER__ === 'undefined' ? 'sources' : __COMPILER__;

const schemasFolder = fileURLToPath(new URL('../schemas/', import.meta.url));

export function schemas(minor: string): KubernetesSchemas | undefined {
  return supportedMinors.includes(minor) ? loadSchemas(minor, schemasFolder) : undefined;
}
