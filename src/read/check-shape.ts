import type * as z from 'zod';
import type { Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { type Place, placeAt, type SourceFile } from '../model/source-file.ts';
import { atPath, childOf, isTrackedMap, type Tracked, untrack } from '../model/tracked.ts';
import { closestBranch } from './closest-branch.ts';
import { describeExpectation, fieldsOf, schemasAt } from './describe-schema.ts';
import { limits } from './limits.ts';

type Issue = z.core.$ZodIssue;

/** Holds a tree against a schema; true when it fits. Every misfit is reported at its own place. */
export function checkShape(tree: Tracked, schema: z.ZodType, file: SourceFile, report: Report): boolean {
  const result = schema.safeParse(untrack(tree));
  if (result.success) return true;
  for (const issue of result.error.issues.slice(0, limits.diagnosticsPerFile))
    reportIssue(issue, { prefix: [], schema, tree, file, report });
  return false;
}

interface Context {
  readonly prefix: readonly PropertyKey[];
  readonly schema: z.ZodType;
  readonly tree: Tracked;
  readonly file: SourceFile;
  readonly report: Report;
}

function reportIssue(issue: Issue, context: Context): void {
  const { schema, tree, file, report } = context;
  const path = [...context.prefix, ...issue.path] as (string | number)[];
  if (issue.code === 'invalid_union') {
    const branch = closestBranch(issue.errors);
    if (branch !== undefined) {
      for (const inner of branch) reportIssue(inner, { ...context, prefix: path });
      return;
    }
  }
  const node = atPath(tree, path);
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsOf(schemasAt(schema, path));
    for (const key of issue.keys) {
      const hint = didYouMean(key, known);
      const where = path.length === 0 ? '' : ` in \`${describePath(path)}\``;
      report({
        code: 'unknown-field',
        severity: 'error',
        message: `unknown field \`${key}\`${where}`,
        place: keyPlace(childOf(node, key), file),
        ...(hint === undefined ? {} : { hint }),
      });
    }
    return;
  }
  const name = describePath(path);
  const expecting = schemasAt(schema, path);
  const expected = describeExpectation(expecting);
  if (node === undefined) {
    report({
      code: 'missing-field',
      severity: 'error',
      message: `\`${name}\` is missing`,
      place: shortened(nearest(tree, path), file),
      hint: `it takes ${expected}`,
    });
  } else if (issue.code === 'invalid_key') {
    report({
      code: 'wrong-type',
      severity: 'error',
      message: `\`${String(path.at(-1))}\` cannot be a name here: it ${issue.issues[0] === undefined ? 'has the wrong form' : demand(issue.issues[0] as Issue, 'another form')}`,
      place: keyPlace(node, file),
    });
  } else {
    const wanted = demand(issue, expected);
    report({
      code: 'wrong-type',
      severity: 'error',
      message: `\`${name}\` ${wanted}${issue.code === 'custom' && isTrackedMap(node) ? '' : `, but here is ${shown(node)}`}`,
      place: placeOfNode(node, file),
      // One of the right type in a wrong form is told so.
      ...(wanted.startsWith('must') ? {} : quotesHint(node.value, expecting)),
    });
  }
}

/** YAML made 1.30 into the number 1.3, or "8080" into a text, before anybody could look at it. */
function quotesHint(value: unknown, expecting: readonly z.ZodType[]): { hint?: string } {
  const fits = (other: unknown) => expecting.some((schema) => schema.safeParse(other).success);
  if (typeof value === 'number' || typeof value === 'boolean') return fits(String(value)) ? { hint: 'put it in quotes' } : {};
  const isQuoted = typeof value === 'string' && /^(true|false|-?(0|[1-9]\d*)(\.\d+)?)$/.test(value);
  return isQuoted && fits(JSON.parse(value)) ? { hint: 'take the quotes off' } : {};
}

function demand(issue: Issue, expected: string): string {
  switch (issue.code) {
    case 'invalid_format':
      return issue.message.startsWith('must') ? issue.message : `takes ${expected}`;
    case 'too_small':
      return bounded(issue.inclusive === false ? 'more than' : 'at least', Number(issue.minimum), issue.origin);
    case 'too_big':
      return bounded(issue.inclusive === false ? 'less than' : 'at most', Number(issue.maximum), issue.origin);
    case 'invalid_union': {
      const inner = issue.errors.flat().map((one) => demand(one, expected));
      return inner.find((text) => text.startsWith('must')) ?? `takes ${expected}`;
    }
    default:
      return issue.message.startsWith('must') ? issue.message : `takes ${expected}`;
  }
}

function bounded(how: string, bound: number, origin: string): string {
  if (origin === 'array') return `must have ${how} ${bound} ${bound === 1 ? 'entry' : 'entries'}`;
  return `must be ${how} ${bound}${origin === 'string' ? ` character${bound === 1 ? '' : 's'} long` : ''}`;
}

function shown(node: Tracked): string {
  if (node.value === null) return 'nothing';
  if (Array.isArray(node.value)) return 'a list';
  if (typeof node.value === 'object') return 'a map';
  const text = JSON.stringify(node.value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

export function describePath(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
}

function nearest(tree: Tracked, path: readonly (string | number)[]): Tracked {
  for (let length = path.length; length > 0; length -= 1) {
    const node = atPath(tree, path.slice(0, length));
    if (node !== undefined) return node;
  }
  return tree;
}

function placeOfNode(node: Tracked, file: SourceFile): Place {
  return node.origin.kind === 'spec' ? node.origin.place : placeAt(file, 0, 0);
}

function keyPlace(node: Tracked | undefined, file: SourceFile): Place {
  return node?.origin.kind === 'spec' ? (node.origin.key ?? node.origin.place) : placeAt(file, 0, 0);
}

/** A missing field is blamed on its parent's key, not on all of the parent's text. */
function shortened(parent: Tracked, file: SourceFile): Place {
  if (isTrackedMap(parent)) {
    const first = Object.values(parent.value)[0];
    if (parent.origin.kind === 'spec' && parent.origin.key !== undefined) return parent.origin.key;
    if (first !== undefined) return keyPlace(first, file);
  }
  return placeOfNode(parent, file);
}
