import type { Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { placeOf } from '../model/origin.ts';
import { type Place, wholeFile } from '../model/source-file.ts';
import { atPath, childOf, isTrackedList, isTrackedMap, type Tracked } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import { parsedExpression } from './cel.ts';
import { unguardedReferences } from './component-references.ts';
import { evaluatedFiles } from './config-files.ts';
import { isExpressionFree } from './evaluate.ts';
import { placeInside, unclosedExpression } from './expression-places.ts';
import { type CheckExpression, type SystemTypes, type Types, typesOf } from './expression-types.ts';
import { layersOf, mapOf } from './layers.ts';
import { parseTemplate } from './parse-template.ts';
import { secretMisuses } from './secret-misuse.ts';
import { secretsStayWhole } from './text-with-secrets.ts';

/**
 * Every expression of a System, or of what an environment lays over it, against the types of what it names;
 * before anything is expanded.
 */
export function checkExpressions(release: Release, settings: Tracked | undefined, report: Report): void {
  const spec = childOf(release.document as Tracked, 'spec') as Tracked;
  const laid = layersOf(release, settings);
  const layers = settings === undefined ? [spec, ...Object.values(mapOf(childOf(spec, 'profiles')))] : laid.slice(-1);
  const below = settings === undefined ? laid : laid.slice(0, -1);
  const files = layers.flatMap((layer) => evaluatedFiles(release, layer, below));
  if (settings !== undefined && isExpressionFree(settings) && files.length === 0) return;
  const types = typesOf(spec, settings);
  const words = ['env', 'config', 'objects'];
  for (const layer of layers) {
    const parameters = Object.values(mapOf(childOf(layer, 'parameters')));
    // The System declares them: what else stands there, such as a description, is text.
    for (const parameter of parameters) walk(layer === spec ? childOf(parameter, 'default') : parameter, check(types, undefined));
    for (const word of words) walk(childOf(layer, word), check(types, undefined));
    for (const text of compositionsIn(layer)) check(types, undefined, 'string')(text);
    for (const [key, component] of Object.entries(mapOf(childOf(layer, 'components')))) walk(component, check(types, key));
  }
  for (const file of files) check(types, undefined)(file);
  if (settings !== undefined) return;
  for (const validation of (childOf(spec, 'validations')?.value ?? []) as Tracked[]) {
    const rule = childOf(validation, 'rule') as Tracked<string>;
    checkOne(rule.value, 0, rule, types.validations, undefined, 'bool');
  }

  function check(known: SystemTypes, self: string | undefined, wanted?: 'string') {
    return (node: Tracked<string>) => {
      const template = parseTemplate(node.value);
      if ('unclosedAt' in template) {
        const problem = unclosedExpression(node, template.unclosedAt);
        if (problem !== undefined) report(problem);
        return;
      }
      // Among other text a value of any type becomes text.
      const alone = template.parts.length === 1 ? wanted : undefined;
      for (const part of template.parts)
        if (part.kind === 'expression') checkOne(part.source, part.start, node, known.values, self, alone);
    };
  }

  function checkOne(
    source: string,
    start: number,
    node: Tracked<string>,
    checkWith: CheckExpression,
    self: string | undefined,
    wanted: 'bool' | 'string' | undefined,
  ): void {
    const at = (range: { start: number; end: number } | undefined): Place =>
      placeInside(node, range === undefined ? undefined : { start: start + range.start, end: start + range.end }) ??
      wholeFile(release.file);
    const result = checkWith(source, self);
    if (!result.valid) {
      const { code, summary, message, range } = result.error as {
        code?: string;
        summary?: string;
        message: string;
        range?: { start: number; end: number };
      };
      const syntax = code === 'unexpected_token' || code === 'unexpected_character' || code === undefined;
      const hint =
        code === 'no_such_key' && range !== undefined
          ? suggestKey(source, range, wanted === 'bool' ? types.ruleTree : types.tree, types.selves[self ?? ''])
          : code === 'unknown_variable'
            ? didYouMean(source.slice(range?.start, range?.end), topLevel)
            : undefined;
      report({
        code: syntax ? 'expression-syntax' : 'expression-type',
        severity: 'error',
        message: `\`${source.trim()}\`: ${summary ?? message.split('\n')[0]}`,
        place: at(range),
        ...(hint === undefined ? {} : { hint }),
      });
      return;
    }
    if (wanted !== undefined && result.type !== wanted && result.type !== 'dyn') {
      report({
        code: 'expression-type',
        severity: 'error',
        message: `${wanted === 'bool' ? 'a rule must be true or false' : 'a secret is composed as text'}, and this is of type ${String(result.type)}`,
        place: at(undefined),
      });
    }
    if (wanted === 'bool') return;
    const { ast } = parsedExpression(source);
    for (const misuse of secretMisuses(ast))
      report({
        code: 'expression-type',
        severity: 'error',
        message: `\`${source.trim()}\`: ${secretsStayWhole}`,
        place: at(misuse),
      });
    if (types.optional.size === 0) return;
    for (const { name, field, ...range } of unguardedReferences(ast)) {
      if (!types.optional.has(name) || field === 'enabled' || field === 'external') continue;
      const declared = atPath(spec, ['components', name, 'optional']);
      const place = declared === undefined ? undefined : placeOf(declared.origin);
      report({
        code: 'optional-reference',
        severity: 'error',
        message: `\`${source.slice(range.start, range.end)}\`: component \`${name}\` is optional and may be off`,
        place: at(range),
        ...(place === undefined ? {} : { related: [{ place, message: 'made optional here' }] }),
        hint: `write \`components${/^\w+$/.test(name) ? `.?${name}` : `[?"${name}"]`}.${field}\`: the field is then left out while ${name} is off; \`.orValue(…)\` gives it another value`,
      });
    }
  }
}

/** Of a System; other layers have no secrets. */
function compositionsIn(layer: Tracked): Tracked<string>[] {
  return Object.values(mapOf(childOf(layer, 'secrets'))).flatMap((secret) =>
    Object.values(mapOf(childOf(secret, 'keys'))).flatMap(
      (key) => (childOf(key, 'compose') as Tracked<string> | undefined) ?? [],
    ),
  );
}

const topLevel = ['parameters', 'components', 'secrets', 'environment', 'cluster', 'system', 'self', 'range'];

function walk(tree: Tracked | undefined, visit: (node: Tracked<string>) => void): void {
  if (tree === undefined || isExpressionFree(tree)) return;
  if (isTrackedMap(tree)) for (const child of Object.values(tree.value)) walk(child, visit);
  else if (isTrackedList(tree)) for (const item of tree.value) walk(item, visit);
  else visit(tree as Tracked<string>);
}

/** For a name that does not exist: the names beside the place where it was sought. */
function suggestKey(
  source: string,
  range: { start: number; end: number },
  tree: Types,
  self: Types | undefined,
): string | undefined {
  const before = source.slice(0, range.start).match(/[\w.?"[\]-]+\.\??$/)?.[0] ?? '';
  const path = before.split(/[.?[\]"]+/).filter((word) => word !== '');
  let node: string | Types | undefined = self === undefined ? tree : { ...tree, self };
  for (const word of path) node = typeof node === 'object' ? node[word] : undefined;
  return typeof node === 'object'
    ? didYouMean(source.slice(range.start, range.end).replace(/^\.\??/, ''), Object.keys(node))
    : undefined;
}
