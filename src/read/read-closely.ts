import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument as parseYaml,
  type YAMLMap,
} from 'yaml';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../model/origin.ts';
import { type Place, placeAt, type SourceFile, wholeFile } from '../model/source-file.ts';
import { BareMap, type Tracked, type TrackedMap } from '../model/tracked.ts';
import { limits } from './limits.ts';
import { reservedKeys } from './reserved-keys.ts';
import { uncarriedCharacter } from './uncarried-character.ts';

const plainTags = new Set([
  'tag:yaml.org,2002:str',
  'tag:yaml.org,2002:int',
  'tag:yaml.org,2002:float',
  'tag:yaml.org,2002:bool',
  'tag:yaml.org,2002:null',
  'tag:yaml.org,2002:map',
  'tag:yaml.org,2002:seq',
  '!',
]);

/** The tree of a text, whatever stands in it, and all that is not right about it. */
export function readClosely(file: SourceFile, layer: string, report: Report): Tracked | undefined {
  const document = parseText(file, report);
  if (document === undefined) return undefined;
  for (const error of document.errors.slice(0, limits.diagnosticsPerFile)) {
    const [start, end] = error.pos;
    const several = error.code === 'MULTIPLE_DOCS';
    report({
      code: 'yaml-syntax',
      severity: 'error',
      message: several ? 'a file holds one document, and here a second one begins' : firstLine(error.message),
      place: placeAt(file, start, Math.max(end, start + 1)),
      ...(several ? { hint: 'put each document into a file of its own' } : {}),
    });
  }
  if (document.errors.length > 0) return undefined;
  const budget: Budget = { nodes: limits.nodes, aliases: limits.aliases, failed: false };
  const refuse = (code: 'yaml-syntax' | 'too-deep' | 'reserved-key' | 'not-text', message: string, place: Place) => {
    // One such problem is enough: an alias bomb would otherwise repeat it a million times.
    if (!budget.failed) report({ code, severity: 'error', message, place });
    budget.failed = true;
  };
  const read = (node: Node, key: Place | undefined): Tracked => {
    budget.nodes -= 1;
    const [start, end] = node.range ?? [0, 0];
    const place = placeAt(file, start, end);
    const origin: Origin = { kind: 'spec', layer, place, ...(key === undefined ? {} : { key }) };
    if (budget.failed) return { value: null, origin };
    if (budget.nodes < 0) {
      refuse('too-deep', `the document expands to more than ${limits.nodes} values`, place);
      return { value: null, origin };
    }
    if (node.tag !== undefined && !plainTags.has(node.tag))
      refuse('yaml-syntax', `the tag ${node.tag} has no meaning here`, place);
    if (isAlias(node)) return readAlias(node, place, key);
    if (isMap(node)) return { value: readMap(node), origin };
    if (isSeq(node)) return { value: node.items.map((item) => read(item as Node, undefined)), origin };
    const value: unknown = isScalar(node) ? node.value : null;
    const uncarried = typeof value === 'string' ? uncarriedCharacter(value) : undefined;
    if (uncarried !== undefined)
      refuse('not-text', `the character ${uncarried.name} cannot be part of any Kubernetes value`, place);
    if (typeof value === 'number' && !Number.isFinite(value))
      refuse('yaml-syntax', 'infinity and not-a-number have no meaning here', place);
    return { value, origin };
  };
  const readAlias = (alias: Alias, place: Place, key: Place | undefined): Tracked => {
    budget.aliases -= 1;
    const target = alias.resolve(document);
    if (target === undefined || budget.aliases < 0) {
      const message = target === undefined ? `there is no anchor &${alias.source}` : `more than ${limits.aliases} aliases`;
      refuse(target === undefined ? 'yaml-syntax' : 'too-deep', message, place);
      return { value: null, origin: { kind: 'spec', layer, place } };
    }
    return read(target, key);
  };
  const readMap = (map: YAMLMap): TrackedMap => {
    const value = new BareMap();
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const [start, end] = pair.key.range ?? [0, 0];
      const keyPlace = placeAt(file, start, end);
      const name = isScalar(pair.key) ? pair.key.value : undefined;
      if (typeof name !== 'string') {
        refuse('yaml-syntax', 'keys must be strings; put quotes around this one', keyPlace);
      } else if (reservedKeys.has(name)) {
        refuse('reserved-key', `the key \`${name}\` is refused everywhere`, keyPlace);
      } else {
        value[name] =
          pair.value === null
            ? { value: null, origin: { kind: 'spec', layer, place: keyPlace, key: keyPlace } }
            : read(pair.value, keyPlace);
      }
    }
    return value;
  };
  if (document.contents === null) {
    report({
      code: 'yaml-syntax',
      severity: 'error',
      message: 'the file is empty',
      place: placeAt(file, 0, 0),
      hint: 'a description starts with apiVersion, kind and metadata; `stowage init` writes a first one',
    });
    return undefined;
  }
  const tree = read(document.contents, undefined);
  return budget.failed ? undefined : tree;
}

function parseText(file: SourceFile, report: Report) {
  try {
    return parseYaml(file.text, {
      version: '1.2',
      strict: true,
      uniqueKeys: true,
      prettyErrors: false,
      // With `silent` a second document would be passed over without a word.
      logLevel: 'error',
      stringKeys: false,
    });
  } catch (error) {
    // The parser goes down with each level, and not all ways of nesting are counted beforehand.
    if (!(error instanceof RangeError)) throw error;
    report({ code: 'too-deep', severity: 'error', message: 'the file nests too deep to be read', place: wholeFile(file) });
    return undefined;
  }
}

interface Budget {
  nodes: number;
  aliases: number;
  failed: boolean;
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
}
