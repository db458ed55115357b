import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { type Origin, placeOf } from '../model/origin.ts';
import { type Place, wholeFile } from '../model/source-file.ts';
import { childOf, isTrackedMap, itemsOf, lastOrigin, type Tracked } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import type { Layers } from './layers.ts';
import { type ComputedFor, nameSources, writtenOnes } from './name-sources.ts';
import { type Configured, variablesOf } from './rule-views.ts';
import type { Scene } from './scene.ts';

/** The rules that the System's author wrote, held against what this environment chose. */
export function checkValidations(
  release: Release,
  variables: Record<string, unknown>,
  environment: ComputedFor,
  { evaluator, layers }: Pick<Scene, 'evaluator' | 'layers'>,
  configured: Configured,
  report: Report,
): void {
  const entry = keyOf(environment.settings.origin) ?? wholeFile(release.file);
  for (const validation of itemsOf(release.document.value.spec.value.validations)) {
    const { rule, message, at } = validation.value as unknown as {
      rule: Tracked<string>;
      message: Tracked<string>;
      at?: Tracked<string>;
    };
    const { value, from } = evaluator.holds(rule, { variables });
    if (value !== false) continue;
    const blamed = at === undefined ? onlyPlace(from) : placeIn(layers, configured, at.value);
    const broken: Diagnostic = {
      code: 'validation-failed',
      severity: 'error',
      message: message.value,
      place: blamed ?? entry,
      ...(at === undefined ? {} : { hint: `change \`${at.value}\` in this environment or one of its profiles` }),
    };
    const named = nameSources(broken, from, environment);
    const written = placeOf(rule.origin);
    const related = [
      ...(named.related ?? []),
      ...(written === undefined ? [] : [{ place: written, message: `the rule: ${rule.value}` }]),
    ];
    report({ ...named, related: related.filter((one) => one.place !== broken.place) });
  }
}

/** Where what is blamed was written, in whatever layer that won: also of a variable in its group, or what a layer removed. */
function placeIn(merged: Layers, { groups, layers }: Configured, path: string): Place | undefined {
  const [word = '', name = '', ...fields] = path.split('.');
  if (!Object.hasOwn(merged, word)) return undefined;
  const entry = merged[word as keyof Layers][name];
  const [field, ...variable] = fields;
  const env = word === 'components' && field === 'env' ? variablesOf(childOf(entry, 'env'), groups) : undefined;
  const found = atWords(entry, fields) ?? atWords(env, variable);
  if (found !== undefined) return isTrackedMap(found) ? keyOf(lastOrigin(found)) : placeOf(found.origin);
  const removed = layers.map((layer) => atWords(layer, [word, name, ...fields])).findLast((one) => one?.value === null);
  return removed === undefined ? undefined : keyOf(removed.origin);
}

/** Names may have dots in them, as that of server.yaml has. */
function atWords(tree: Tracked | undefined, words: readonly string[]): Tracked | undefined {
  if (words.length === 0) return tree;
  for (const end of words.keys()) {
    const child = childOf(tree, words.slice(0, end + 1).join('.'));
    const found = child === undefined ? undefined : atWords(child, words.slice(end + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function keyOf(origin: Origin): Place | undefined {
  return origin.kind === 'spec' ? (origin.key ?? origin.place) : undefined;
}

function onlyPlace(read: readonly Origin[]): Place | undefined {
  const [only, ...others] = new Set(read.flatMap(writtenOnes).map(({ place }) => place));
  return others.length === 0 ? only : undefined;
}
