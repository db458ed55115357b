import type { Palette } from '../diagnostics/format-diagnostic.ts';
import { describeField } from './describe-field.ts';
import type { Fold } from './fold.ts';
import { foldChanges } from './fold-changes.ts';
import { type FoldedHazard, foldHazards } from './fold-hazards.ts';
import type { FieldChange, ObjectChange, Plan } from './plan.ts';
import { printable, printableLine } from './printable.ts';
import { summarize } from './summarize.ts';

/** The plan as text for a terminal: hazards first, then every change once. */
export function printPlan(plan: Plan, palette: Palette): string {
  const hazards = foldHazards(plan.hazards).map((hazard) => hazardLine(hazard, palette));
  const blocks = [
    `${palette.strong(`${printableLine(plan.from)} → ${printableLine(plan.to)}`)}`,
    ...(hazards.length === 0 ? [] : [`${palette.strong('hazards')}\n${hazards.join('\n')}`]),
    ...foldChanges(plan.changes).map((fold) => foldBlock(fold, palette)),
    ...(plan.unrendered.length === 0 ? [] : [plan.unrendered.map(printableLine).join('\n')]),
    palette.strong(summarize(plan)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Nothing but what is dangerous. */
export function printHazards(plan: Plan, palette: Palette): string {
  return foldHazards(plan.hazards)
    .map((hazard) => `${hazardLine(hazard, palette)}\n`)
    .join('');
}

function hazardLine({ kind, object, text, blocking, overlays }: FoldedHazard, palette: Palette): string {
  const paint = blocking ? palette.error : palette.warning;
  return `  ${paint(`! ${kind}`)} ${printableLine(object)} ${palette.faint(`(${overlays.map(printableLine).join(', ')})`)}: ${printableLine(text)}`;
}

const wholes = { create: ' (all new)', delete: ' (all gone)', change: '' } as const;

function foldBlock({ system, environments, action, objects }: Fold, palette: Palette): string {
  const head = `${printableLine(system)} in ${environments.map(printableLine).join(', ')}${wholes[action]}`;
  return [palette.strong(head), ...objects.map((change) => objectLines(change, palette))].join('\n');
}

function objectLines({ action, object, fields }: ObjectChange, palette: Palette): string {
  if (action === 'create') return `  ${palette.warning('+')} ${printableLine(object)}`;
  if (action === 'delete') return `  ${palette.error('-')} ${printableLine(object)}`;
  return [`  ~ ${printableLine(object)}`, ...fields.map((field) => fieldLines(field, palette))].join('\n');
}

function fieldLines(field: FieldChange, palette: Palette): string {
  const { sign, path, before, after, note } = describeField(field);
  const values = [before, after].filter((value) => value !== undefined).map((value) => printableLine(value));
  const said = note === undefined ? values.join(' → ') : printableLine(note);
  const because = field.because === undefined ? '' : palette.faint(`  (${field.because.map(printableLine).join(', ')})`);
  const line = `      ${sign} ${printableLine(path)}${said === '' ? '' : `: ${said}`}${because}`;
  if (field.diff === undefined) return line;
  const diff = printable(field.diff).split('\n');
  return [line, ...diff.map((text) => `          ${paintDiff(text, palette)}`)].join('\n');
}

function paintDiff(text: string, palette: Palette): string {
  if (text.startsWith('@@')) return palette.faint(text);
  if (text.startsWith('-')) return palette.error(text);
  return text.startsWith('+') ? palette.warning(text) : text;
}
