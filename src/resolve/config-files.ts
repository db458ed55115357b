import type { Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { placeOf } from '../model/origin.ts';
import { printYaml } from '../model/print-yaml.ts';
import { atPath, BareMap, childOf, isTrackedMap, type Tracked, type TrackedMap, untrack } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import { checkOneOf } from './check-one-of.ts';
import type { Reads } from './evaluate.ts';
import { reportInexactNumbers } from './inexact-numbers.ts';
import { mapOf } from './layers.ts';
import { mergeLayers } from './merge-layers.ts';
import type { ResolvedConfig } from './resolved.ts';
import { holdsSecret } from './secret-text.ts';

/** The ways to give a file, next to plain text. */
const kinds = ['file', 'yaml', 'json', 'properties'];

type Evaluate = (tree: Tracked) => { result: Tracked | undefined; reads: Reads };

/** A config entry with the text of each of its files. */
export function readConfig(
  name: string,
  raw: Tracked,
  release: Release,
  evaluate: Evaluate,
  report: Report,
): { result: ResolvedConfig; reads: Reads } {
  const { result, reads } = evaluate(withFiles(raw, release, evaluate, report));
  const files: [string, Tracked<string>][] = [];
  const properties = new Map<string, TrackedMap>();
  for (const [key, content] of Object.entries(mapOf(result))) {
    const text = render(content);
    if (text === undefined) continue;
    reportInexactNumbers(childOf(content, 'yaml') ?? childOf(content, 'json'), report);
    if (holdsSecret(text)) reportSecret(key, content, report);
    files.push([key, { value: text, origin: content.origin } as Tracked<string>]);
    properties.set(key, mapOf(childOf(content, 'properties')));
  }
  return { result: { name, origin: raw.origin, files, properties }, reads };
}

/** `file:` becomes the file's text before evaluation; without `expressions` it is protected from it. */
function withFiles(raw: Tracked, release: Release, evaluate: Evaluate, report: Report): Tracked {
  const value = new BareMap();
  for (const [key, content] of Object.entries(mapOf(raw))) {
    const enabled = childOf(content, 'enabled');
    if (enabled !== undefined && evaluate(enabled).result?.value !== true) continue;
    if (isTrackedMap(content)) checkOneOf(kinds, `config file \`${key}\` is made of`, content, report);
    const named = childOf(content, 'file');
    if (named === undefined) {
      value[key] = content;
      continue;
    }
    const file = release.files.get(String(named.value));
    if (file === undefined) {
      const hint = didYouMean(String(named.value), [...release.files.keys()]);
      const place = placeOf(named.origin);
      if (place !== undefined)
        report({
          code: 'unknown-reference',
          severity: 'error',
          message: `there is no file ${release.folder}/files/${String(named.value)}`,
          place,
          ...(hint === undefined ? {} : { hint }),
        });
      continue;
    }
    const raw = childOf(content, 'expressions')?.value !== true;
    value[key] = { value: raw ? file.text.replaceAll('${', () => '$${') : file.text, origin: named.origin };
  }
  return { value, origin: raw.origin };
}

/** The texts in which a layer has expressions evaluated: of files that it names, or that those below it name. */
export function evaluatedFiles(release: Release, layer: Tracked, below: readonly Tracked[]): Tracked<string>[] {
  const layers = [...new Set([...below, layer])];
  return Object.entries(mapOf(childOf(layer, 'config'))).flatMap(([name, entry]) =>
    Object.keys(mapOf(entry)).flatMap((key) => {
      const written = layers.map((one) => atPath(one, ['config', name, key]));
      const content = written.reduce<Tracked | undefined>(mergeLayers, undefined);
      const file =
        childOf(content, 'expressions')?.value === true ? release.files.get(String(childOf(content, 'file')?.value)) : undefined;
      if (file === undefined) return [];
      const origin = { kind: 'spec', layer: 'file', place: { file, start: 0, end: file.text.length } } as const;
      return [{ value: file.text, origin } as Tracked<string>];
    }),
  );
}

function render(content: Tracked): string | undefined {
  if (typeof content.value === 'string') return content.value;
  if (!isTrackedMap(content)) return undefined;
  const { yaml, json, properties, separator } = content.value;
  if (yaml !== undefined) return printYaml(untrack(yaml));
  if (json !== undefined) return `${JSON.stringify(untrack(json), null, 2)}\n`;
  if (properties === undefined) return undefined;
  const lines = Object.entries(mapOf(properties)).map(
    ([key, value]) => `${key}${String(separator?.value ?? ': ')}${asWritten(value)}`,
  );
  return `${lines.join('\n')}\n`;
}

/** A number or boolean as its author wrote it: 1.10 stays 1.10. */
export function asWritten(tracked: Tracked): string {
  const { value, origin } = tracked;
  if (typeof value === 'string' || origin.kind !== 'spec' || origin.expression !== undefined) return String(value);
  const text = origin.place.file.text.slice(origin.place.start, origin.place.end).trim();
  // To YAML, True and TRUE are true as well.
  const same = typeof value === 'number' ? Number(text) === value : text.toLowerCase() === String(value);
  return same ? text : String(value);
}

function reportSecret(key: string, content: Tracked, report: Report): void {
  const place = placeOf(content.origin);
  if (place === undefined) return;
  report({
    code: 'secret-in-plain-text',
    severity: 'error',
    message: `\`${key}\` would hold a secret, and config files lie in Git as plain text`,
    place,
    hint: 'give the program an environment variable or a mounted secret, and name that in the file',
  });
}
