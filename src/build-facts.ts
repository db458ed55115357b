import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadSchemas, supportedMinors } from './kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from './kubernetes/schema-types.ts';
import type { PageFiles } from './report/print-page.ts';

declare const __VERSION__: string;
declare const __COMPILER__: string;

/** Set when the CLI is bundled; tests run from the sources. */
export const version = typeof __VERSION__ === 'undefined' ? '0.0.0-sources' : __VERSION__;
export const compiler = typeof __COMPILER__ === 'undefined' ? 'sources' : __COMPILER__;

const schemasFolder = fileURLToPath(new URL('../schemas/', import.meta.url));

export function schemas(minor: string): KubernetesSchemas | undefined {
  return supportedMinors.includes(minor) ? loadSchemas(minor, schemasFolder) : undefined;
}

const pageFolder = new URL('../dist/', import.meta.url);

/** What the build made of the page that `report` and `dev` show. */
export function pageFiles(): PageFiles {
  const read = (name: string) => readFileSync(new URL(name, pageFolder), 'utf8');
  return { script: read('page.js'), style: read('page.css') };
}
