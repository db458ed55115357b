import { digestOf } from '../model/digest.ts';
import { cutBlocks, mostCharacters } from '../plan/cut-blocks.ts';
import { asCode } from '../plan/escape-markdown.ts';
import { describeDifference } from './describe-difference.ts';
import { withIssueMarker } from './issue-marker.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { printLedgerMarkdown } from './print-ledger-markdown.ts';
import { unseenOf } from './unseen-of.ts';

/** Beyond it the body would hold little else. */
const mostKnown = 1000;
const keyLength = 8;

export interface IssueText {
  readonly title: string;
  readonly body: string;
  /** The same for the same ledger, whenever the run was. */
  readonly content: string;
}

/** What the issue of a cluster says of a run. */
export function issueText(ledger: Ledger, cluster: string, known: ReadonlySet<string>, settled: boolean): IssueText {
  const own = ledgerOfCluster(ledger, cluster);
  // In which words a server refuses may be others each time.
  const steady = { ...own, unseen: own.unseen.map(({ what }) => ({ cluster, what, why: '' })) };
  const keys = [...known].sort().join('');
  const content = digestOf(printLedgerMarkdown(steady, { steady: true }), keys, String(settled)).slice(0, 16);
  const marker = {
    drift: cluster,
    content,
    ...(known.size <= mostKnown && { known: keys }),
    ...(settled && { settled: true as const }),
  };
  const head = [
    `Stowage keeps this issue at what its runs find on ${asCode(cluster)}, and closes it when nothing is left. What is edited here is lost.`,
    'What may stay for a while is accepted with `stowage drift accept <id> --reason … --owner … --until …`.',
  ].join(' ');
  const foot = `Last changed at ${asCode(ledger.at)}`;
  const around = withIssueMarker(`${head}\n\n\n\n${foot}`, marker).length;
  const found = printLedgerMarkdown(own, { steady: true, mostCharacters: mostCharacters - around });
  return { title: `Drift on ${cluster}`, body: withIssueMarker(`${head}\n\n${found}\n${foot}`, marker), content };
}

/** What is told to those who follow the issue, in a comment. */
export function newsText(entries: readonly LedgerEntry[]): string {
  const items = entries.map((entry) => {
    const { values } = describeDifference(entry);
    const said = values === undefined ? '' : `: ${asCode(values.declared)} → ${asCode(values.live)}`;
    return `- **${entry.standing} ${entry.difference.what}** ${asCode(entry.difference.id)}${said}`;
  });
  const head = entries.length === 1 ? 'One more difference:' : `${entries.length} more differences:`;
  return cutBlocks([head, ...items], 10_000, 'The issue itself says more');
}

/** Which difference it is, and what is there: the same key is nothing new. */
export function keyOf({ difference: { id, digest } }: LedgerEntry): string {
  return digestOf(id, digest).slice(0, keyLength);
}

export function readKeys(known: string): ReadonlySet<string> {
  return new Set(known.match(new RegExp(`.{${keyLength}}`, 'g')) ?? []);
}

function ledgerOfCluster(ledger: Ledger, cluster: string): Ledger {
  return {
    ...ledger,
    clusters: [cluster],
    entries: ledger.entries.filter(({ difference }) => difference.cluster === cluster),
    unseen: unseenOf(cluster, ledger),
    kept: [],
    settled: ledger.settled.filter((one) => one.cluster === cluster),
  };
}
