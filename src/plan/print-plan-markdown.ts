import { cutBlocks, mostCharacters } from './cut-blocks.ts';
import { describeField } from './describe-field.ts';
import { asCode, asCodeBlock } from './escape-markdown.ts';
import type { Fold } from './fold.ts';
import { foldChanges } from './fold-changes.ts';
import { type FoldedHazard, foldHazards } from './fold-hazards.ts';
import type { FieldChange, ObjectChange, Plan } from './plan.ts';
import { summarize } from './summarize.ts';

const mostLinesOfDiff = 120;

export interface MarkdownOptions {
  readonly mostCharacters?: number;
  /** How to see what does not fit: a call of the CLI, or a link. */
  readonly pointer?: string;
}

/** The plan for the body of a pull request: names and values are code, and what does not fit is left out whole. */
export function printPlanMarkdown(plan: Plan, options: MarkdownOptions = {}): string {
  const hazards = foldHazards(plan.hazards).map(hazardItem);
  const blocks = [
    `${asCode(plan.from)} → ${asCode(plan.to)}: ${summarize(plan)}`,
    ...(hazards.length === 0 ? [] : ['### Hazards', ...hazards]),
    ...foldChanges(plan.changes).flatMap(foldBlocks),
    ...(plan.unrendered.length === 0 ? [] : ['### Rendered nowhere', ...plan.unrendered.map((text) => `- ${asCode(text)}`)]),
  ];
  const most = options.mostCharacters ?? mostCharacters;
  return cutBlocks(blocks, most, options.pointer ?? '`stowage plan` shows the rest');
}

function hazardItem({ kind, object, text, blocking, overlays }: FoldedHazard): string {
  const where = overlays.map(asCode).join(', ');
  return `- ${blocking ? '⛔' : '⚠️'} **${kind}** ${asCode(object)} in ${where}: ${asCode(text)}`;
}

const wholes = { create: ' (all new)', delete: ' (all gone)', change: '' } as const;

function foldBlocks({ system, environments, action, objects }: Fold): string[] {
  const head = `### ${asCode(system)} in ${environments.map(asCode).join(', ')}${wholes[action]}`;
  return [head, ...objects.flatMap(objectBlocks)];
}

const verbs = { create: 'created', delete: 'deleted', change: 'changed' } as const;

function objectBlocks({ action, object, fields }: ObjectChange): string[] {
  return [`- ${asCode(object)} ${verbs[action]}`, ...fields.flatMap(fieldBlocks)];
}

const signs = { '+': 'new', '-': 'gone', '~': '' } as const;

function fieldBlocks(field: FieldChange): string[] {
  const { sign, path, before, after, note } = describeField(field);
  const values = [before, after].filter((value) => value !== undefined).map(asCode);
  const said = note === undefined ? values.join(' → ') : asCode(note);
  const because = field.because === undefined ? '' : ` — ${field.because.map(asCode).join(', ')}`;
  const about = signs[sign] === '' ? '' : ` ${signs[sign]}`;
  const line = `  - ${asCode(path)}${about}${said === '' ? '' : `: ${said}`}${because}`;
  if (field.diff === undefined) return [line];
  // Inside the item, so that the list goes on behind it.
  const block = asCodeBlock(shortened(field.diff), 'diff').split('\n');
  return [`${line}\n\n${block.map((text) => (text === '' ? '' : `    ${text}`)).join('\n')}\n`];
}

function shortened(diff: string): string {
  const lines = diff.split('\n');
  if (lines.length <= mostLinesOfDiff) return diff;
  return [...lines.slice(0, mostLinesOfDiff), `@@ ${lines.length - mostLinesOfDiff} more lines @@`].join('\n');
}
