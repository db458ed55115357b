import type { Palette } from '../diagnostics/format-diagnostic.ts';
import { printableLine } from '../plan/printable.ts';
import { countKept, describeDifference, effortWords } from './describe-difference.ts';
import { fails } from './fails.ts';
import { countStandings, type EntryGroup, groupEntries } from './group-entries.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { baselinePath } from './read-baselines.ts';
import { unseenOf } from './unseen-of.ts';

/**
 * The ledger as text for a terminal: what could not be seen, then each difference, then what is as it may be.
 * `narrowed`: options that leave things out, of which nothing can be said.
 */
export function printLedger(
  ledger: Ledger,
  palette: Palette,
  failing: readonly LedgerEntry[] = fails(ledger),
  narrowed: readonly string[] = [],
): string {
  const { entries, unseen, kept, settled, clusters } = ledger;
  const accepted = entries.filter(({ standing }) => standing === 'accepted');
  const open = groupEntries(entries.filter(({ standing }) => standing !== 'accepted'));
  const blocks = [
    ...(unseen.length === 0 ? [] : [unseenBlock(ledger, palette)]),
    ...open.map((group) => groupBlock(group, palette, failing)),
    ...(accepted.length === 0 ? [] : [[palette.strong('accepted'), ...accepted.map(acceptedLine)].join('\n')]),
    ...(settled.length === 0
      ? []
      : [
          [
            palette.strong('gone, so that these entries may be deleted'),
            ...settled.map(({ cluster, entry }) => `  ${baselinePath(cluster)}: ${printableLine(entry.difference)}`),
          ].join('\n'),
        ]),
    [
      ...clusters.map((cluster) => `${palette.strong(cluster)}: ${standingOf(ledger, cluster, narrowed.length > 0)}`),
      ...(narrowed.length === 0 ? [] : [`only a part was looked at: ${narrowed.map(printableLine).join(' ')}`]),
      ...(kept.length === 0 ? [] : [palette.faint(`kept on purpose: ${printableLine(countKept(kept))}`)]),
      // What was compared without a cluster is not counted in objects.
      ...(ledger.effort.requests === 0 ? [] : [palette.faint(effortWords(ledger.effort))]),
      ...(open.length > 0 && failing.length === 0 ? ['none of this fails the run; `--fail-on` says what does'] : []),
    ].join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function standingOf(ledger: Ledger, cluster: string, inPart: boolean): string {
  const counts = countStandings(ledger.entries.filter(({ difference }) => difference.cluster === cluster));
  if (unseenOf(cluster, ledger).length > 0) return `${counts === '' ? '' : `${counts}, and `}not all of it could be seen`;
  if (counts !== '') return counts;
  return inPart ? 'no difference found' : 'as it is declared';
}

function unseenBlock({ unseen }: Ledger, palette: Palette): string {
  const lines = unseen.flatMap(({ cluster, what, why, hint }) => [
    `  ${palette.error('!')} ${[cluster, what, why].filter(Boolean).map(printableLine).join(': ')}`,
    ...(hint === undefined ? [] : [`    ${palette.strong('→')} ${printableLine(hint)}`]),
  ]);
  return [palette.error('NOT SEEN: this report is not complete'), ...lines].join('\n');
}

function groupBlock({ cluster, overlay, entries }: EntryGroup, palette: Palette, failing: readonly LedgerEntry[]): string {
  const head = overlay === undefined ? `${cluster}, of no system` : `${overlay} on ${cluster}`;
  return [
    palette.strong(printableLine(head)),
    ...entries.map((entry) => entryLines(entry, palette, failing.includes(entry))),
  ].join('\n');
}

function entryLines(entry: LedgerEntry, palette: Palette, isFailing: boolean): string {
  const { difference, standing } = entry;
  const { object, field, values, summary, owner, acceptance } = describeDifference(entry);
  const paint = standing === 'new' && isFailing ? palette.error : palette.warning;
  const what = [object, field].filter((word) => word !== undefined).map(printableLine);
  const said = values === undefined ? '' : `: ${printableLine(values.declared)} → ${printableLine(values.live)}`;
  const details = [
    printableLine(summary),
    ...(owner === undefined ? [] : [`by ${printableLine(owner)}`]),
    ...(acceptance === undefined ? [] : [printableLine(acceptance)]),
    ...(difference.because.length === 0 ? [] : [palette.faint(difference.because.map(printableLine).join(', '))]),
    `${palette.strong('→')} ${printableLine(difference.advice)}`,
    palette.faint(printableLine(difference.id)),
  ];
  return [
    `  ${[paint(`${standing} ${difference.what}`), ...what].join(' ')}${said}`,
    ...details.map((line) => `      ${line}`),
  ].join('\n');
}

function acceptedLine({ difference, entry }: LedgerEntry): string {
  const by = entry === undefined ? '' : ` by ${entry.owner} until ${entry.until}: ${entry.reason}`;
  return `  ${printableLine(`${difference.id}${by}`)}`;
}
