import type { Issue } from '../forge/forge.ts';
import { digestOf } from '../model/digest.ts';
import { readIssueMarker } from './issue-marker.ts';
import { issueText, keyOf, newsText, readKeys } from './issue-text.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { unseenOf } from './unseen-of.ts';

export type IssueStep =
  | { readonly deed: 'nothing' }
  | { readonly deed: 'open'; readonly title: string; readonly body: string }
  | {
      readonly deed: 'update' | 'close' | 'reopen';
      readonly number: number;
      readonly changes: Pick<Issue, 'title' | 'body' | 'state'>;
      /** Told first, so that a run that ends between the two tells it again in the same place. */
      readonly comment?: { readonly marker: string; readonly text: string };
    };

const nothing: IssueStep = { deed: 'nothing' };

/**
 * What becomes of the issue of a cluster. It stands open while something fails and closes when nothing does; one that
 * a person closed comes back with something new only. A run that did not see all never closes it.
 */
export function decideIssue(
  ledger: Ledger,
  cluster: string,
  failing: readonly LedgerEntry[],
  issue: Issue | undefined,
): IssueStep {
  const own = failing.filter(({ difference }) => difference.cluster === cluster);
  const partial = unseenOf(cluster, ledger).length > 0;
  const keys = new Set(own.map(keyOf));
  if (issue === undefined) {
    if (own.length === 0) return nothing;
    const { title, body } = issueText(ledger, cluster, keys, false);
    return { deed: 'open', title, body };
  }
  const marker = readIssueMarker(issue.body, cluster);
  const told = marker?.known === undefined ? undefined : readKeys(marker.known);
  const news = marker?.settled === true ? own : own.filter((entry) => told?.has(keyOf(entry)) !== true);
  const settled = own.length === 0 && !partial;
  // What a partial run does not see may stand there still.
  const text = issueText(ledger, cluster, partial ? new Set([...keys, ...(told ?? [])]) : keys, settled);
  const change = (deed: 'update' | 'close' | 'reopen', state: Issue['state']): IssueStep => {
    const tell = deed !== 'close' && marker?.settled !== true && told !== undefined && news.length > 0;
    return {
      deed,
      number: issue.number,
      changes: { title: text.title, body: text.body, state },
      ...(tell && { comment: { marker: `drift ${digestOf(...news.map(keyOf)).slice(0, 16)}`, text: newsText(news) } }),
    };
  };
  const same = marker?.content === text.content;
  if (issue.state === 'open') {
    if (settled) return change('close', 'closed');
    return same ? nothing : change('update', 'open');
  }
  const returns = told === undefined && marker?.settled !== true ? own.length > 0 && !same : news.length > 0;
  if (returns) return change('reopen', 'open');
  // Closed it stays, and knows what is left: what comes back later is new then.
  return same || partial ? nothing : change('update', 'closed');
}
