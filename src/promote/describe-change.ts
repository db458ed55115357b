import { asCode } from '../plan/escape-markdown.ts';
import { printableLine } from '../plan/printable.ts';
import type { Gate } from './gate.ts';
import type { Intent } from './intent.ts';
import type { ClassifiedField } from './transfer.ts';

const most = 40;
const longest = 80;

/** What a reviewer sees before the plan: what goes along, what stays, what held, and why it did not have to. */
export function describeChange(intent: Intent, gates: readonly Gate[], override: string | undefined): string {
  const { release, fields, notes } = intent;
  const about = [
    introduction(intent),
    ...(release === undefined
      ? []
      : [`Release ${asCode(release.before)} → ${asCode(release.after)}${release.frozen ? ', which is frozen with this' : ''}.`]),
    ...notes.map((note) => `**Note:** ${asCode(note)}`),
  ];
  const taken = fields.filter((field) => field.taken && field.name !== 'release');
  const held = fields.filter((field) => !field.taken && field.class === 'hold');
  return [
    about.join('\n\n'),
    table(intent.purpose === 'absorb' ? 'Is absorbed' : 'Goes along', taken, intent),
    table('Is held, and stays as it is (`--include <field>` takes it)', held, intent),
    gatesText(gates, override),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function introduction({ purpose, system, environment, from }: Intent): string {
  const where = environment === undefined ? 'the head' : asCode(environment);
  if (purpose === 'promote') return `Promotes ${asCode(system)} from ${asCode(from)} to ${where}.`;
  if (purpose === 'rollback') return `Takes ${asCode(system)} in ${where} back to how it was at ${asCode(from)}.`;
  if (purpose === 'absorb')
    return `Says in ${where} what runs of ${asCode(system)} in ${asCode(from)}, where somebody changed it.`;
  return `New images of ${asCode(system)} in ${where}: ${asCode(from)}.`;
}

function table(title: string, fields: readonly ClassifiedField[], { environment, from }: Intent): string {
  if (fields.length === 0) return '';
  const rows = fields.slice(0, most).map((field) => `|${cell(field.name)}|${value(field.target)}|${value(field.source)}|`);
  const more = fields.length > most ? [`|and ${fields.length - most} more|||`] : [];
  return [`**${title}**`, '', `|Field|${environment ?? 'now'}|${from}|`, '|-|-|-|', ...rows, ...more].join('\n');
}

function value(given: unknown): string {
  return given === undefined ? '' : cell(typeof given === 'string' ? given : JSON.stringify(given));
}

function cell(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…` : text;
  // Renderers differ in what a bar behind two backslashes is: a bar, or the end of the cell.
  return asCode(cut.replace(/\\(?=\|)/g, '\\ ')).replaceAll('|', '\\|');
}

function gatesText(gates: readonly Gate[], override: string | undefined): string {
  const lines = gates.map(({ kind, state, text }) => `- [${state === 'open' ? 'x' : ' '}] ${kind}: ${asCode(text)}`);
  const reason = override === undefined ? [] : [`**Gates were overridden:** ${asCode(override)}`];
  return [...reason, lines.join('\n')].filter((text) => text !== '').join('\n\n');
}

/** For the commit; a reason must not look like a trailer of ours. */
export function commitTextOf({ system, environment, from }: Intent, override: string | undefined): string {
  const about = `${system} from ${from}${environment === undefined ? '' : ` to ${environment}`}`;
  return override === undefined ? about : `${about}\n\nGates were overridden: ${printableLine(override)}`;
}
