import { cutBlocks, mostCharacters } from '../plan/cut-blocks.ts';
import { asCode } from '../plan/escape-markdown.ts';
import { asProse } from './as-prose.ts';
import { countKept, describeDifference, effortWords } from './describe-difference.ts';
import { countStandings, type EntryGroup, groupEntries } from './group-entries.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { baselinePath } from './read-baselines.ts';

export interface LedgerMarkdownOptions {
  readonly mostCharacters?: number;
  /** Leaves out what is another in each run: an issue that says the same is not written again. */
  readonly steady?: boolean;
  /** Options that leave things out, of which nothing can be said. */
  readonly narrowed?: readonly string[];
}

/** The ledger for a comment or an issue: whatever others wrote is code, and what does not fit is left out whole. */
export function printLedgerMarkdown(ledger: Ledger, options: LedgerMarkdownOptions = {}): string {
  const { entries, unseen, settled, kept } = ledger;
  const { narrowed = [] } = options;
  const accepted = entries.filter(({ standing }) => standing === 'accepted');
  const blocks = [
    `**${countStandings(entries) || 'No difference'}** on ${ledger.clusters.map(asCode).join(', ')}`,
    ...(narrowed.length === 0 ? [] : [`Only a part was looked at: ${asCode(narrowed.join(' '))}`]),
    ...(unseen.length === 0 ? [] : ['### ⛔ Not seen: this report is not complete', ...unseenItems(ledger)]),
    ...groupEntries(entries.filter(({ standing }) => standing !== 'accepted')).flatMap(groupBlocks),
    ...(accepted.length === 0 ? [] : [`### Accepted (${accepted.length})`, ...accepted.map(acceptedItem)]),
    ...(settled.length === 0
      ? []
      : [
          '### Gone, so that these entries may be deleted',
          ...settled.map(({ cluster, entry }) => `- ${asCode(baselinePath(cluster))}: ${asCode(entry.difference)}`),
        ]),
    ...(options.steady === true
      ? []
      : [
          ...(kept.length === 0 ? [] : [`Kept on purpose: ${asCode(countKept(kept))}`]),
          `${ledger.effort.requests === 0 ? 'Looked' : `${effortWords(ledger.effort)},`} at ${asCode(ledger.at)}`,
        ]),
  ];
  return cutBlocks(blocks, options.mostCharacters ?? mostCharacters, '`stowage drift` shows all');
}

function unseenItems({ unseen }: Ledger): string[] {
  return unseen.map(({ cluster, what, why, hint }) => {
    const said = [cluster, what].filter(Boolean).map(asCode).join(': ');
    return `- ${said}: ${asProse(why)}${hint === undefined ? '' : `\n  - → ${asProse(hint)}`}`;
  });
}

function groupBlocks({ cluster, overlay, entries }: EntryGroup): string[] {
  const head = overlay === undefined ? `${asCode(cluster)}, of no system` : `${asCode(overlay)} on ${asCode(cluster)}`;
  return [`### ${head}`, ...entries.map(entryItem)];
}

function entryItem(entry: LedgerEntry): string {
  const { difference, standing } = entry;
  const { object, field, values, summary, owner, acceptance } = describeDifference(entry);
  const what = [object, field].filter((word) => word !== undefined).map((word) => ` ${asCode(word)}`);
  const said = values === undefined ? '' : `: ${asCode(values.declared)} → ${asCode(values.live)}`;
  const details = [
    [asProse(summary), ...(owner === undefined ? [] : [`by ${asCode(owner)}`]), ...difference.because.map(asCode)].join(', '),
    ...(acceptance === undefined ? [] : [asProse(acceptance)]),
    `→ ${asProse(difference.advice)}`,
    asCode(difference.id),
  ];
  return [`- **${standing} ${difference.what}**${what.join('')}${said}`, ...details.map((line) => `  - ${line}`)].join('\n');
}

function acceptedItem({ difference, entry }: LedgerEntry): string {
  if (entry === undefined) return `- ${asCode(difference.id)}`;
  return `- ${asCode(difference.id)} by ${asCode(entry.owner)} until ${entry.until}: ${asCode(entry.reason)}`;
}
