import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Definitions, KubernetesSchemas, Schema } from './schema-types.ts';

export const supportedMinors: readonly string[] = ['1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36'];

const loaded = new Map<string, KubernetesSchemas>();

export function loadSchemas(minor: string, schemasFolder: string): KubernetesSchemas {
  const key = `${minor} ${schemasFolder}`;
  const known = loaded.get(key);
  if (known) return known;
  if (!supportedMinors.includes(minor)) {
    throw new Error(`Kubernetes ${minor} is not supported; supported are ${supportedMinors.join(', ')}`);
  }
  const own = readDataFile(join(schemasFolder, `kubernetes-${minor}.jsonl`));
  const custom = loadCustomResources(join(schemasFolder, 'custom-resources.jsonl'));
  const schemas: KubernetesSchemas = {
    ...(own.head as Omit<KubernetesSchemas, 'definitions'>),
    // No CustomResourceDefinition shares a group with Kubernetes, so nothing is hidden.
    kinds: { ...own.head.kinds, ...custom.head.kinds },
    definitions: lazyDefinitions(new Map([...own.lines, ...custom.lines])),
  };
  loaded.set(key, schemas);
  return schemas;
}

interface DataFile {
  readonly head: Pick<KubernetesSchemas, 'kinds'>;
  /** The line of each definition, by its name. */
  readonly lines: ReadonlyMap<string, string>;
}

const loadedCustomResources = new Map<string, DataFile>();

function loadCustomResources(file: string): DataFile {
  const known = loadedCustomResources.get(file) ?? readDataFile(file);
  loadedCustomResources.set(file, known);
  return known;
}

/** A line for all that is no definition, and one for each definition: `["apps.v1.Deployment",{…}]`. */
function readDataFile(file: string): DataFile {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  return { head: JSON.parse(head), lines: new Map(lines.map((line) => [line.slice('["'.length, line.indexOf('",')), line])) };
}

/** A fleet asks for few of them. */
function lazyDefinitions(lines: ReadonlyMap<string, string>): Definitions {
  const read = new Map<string, Schema>();
  return {
    names: () => [...lines.keys()],
    get: (name) => {
      const known = read.get(name);
      const line = known === undefined ? lines.get(name) : undefined;
      if (line === undefined) return known;
      const [, schema] = JSON.parse(line) as [string, Schema];
      read.set(name, schema);
      return schema;
    },
  };
}
