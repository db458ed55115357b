import type { Issue, Issues } from '../forge/forge.ts';
import { effect } from '../publish/effect.ts';
import { LostAnswer } from '../store/lost-answer.ts';
import { decideIssue, type IssueStep } from './decide-issue.ts';
import { markerOf, readIssueMarker } from './issue-marker.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

export const driftLabel = 'stowage-drift';

export interface TrackedDrift {
  readonly cluster: string;
  readonly deed: IssueStep['deed'];
  /** As it is now; none where there is none. */
  readonly issue: Issue | undefined;
}

const attempts = 3;

/** Brings the issue of each cluster that was looked at to what the ledger says. */
export async function trackDrift(
  issues: Issues,
  ledger: Ledger,
  failing: readonly LedgerEntry[],
): Promise<readonly TrackedDrift[]> {
  const tracked: TrackedDrift[] = [];
  for (const cluster of ledger.clusters) tracked.push(await trackCluster(issues, ledger, cluster, failing));
  return tracked;
}

async function trackCluster(
  issues: Issues,
  ledger: Ledger,
  cluster: string,
  failing: readonly LedgerEntry[],
): Promise<TrackedDrift> {
  let lost: IssueStep['deed'] | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const found = await issues.find(driftLabel, markerOf(cluster));
    // Of several the oldest counts, so that all runs mean the same one.
    const issue = found.find(({ body }) => readIssueMarker(body, cluster) !== undefined);
    const step = decideIssue(ledger, cluster, failing, issue);
    if (step.deed === 'nothing') return { cluster, deed: lost ?? 'nothing', issue };
    try {
      return { cluster, deed: step.deed, issue: await take(step, cluster, issues) };
    } catch (error) {
      // Nobody knows whether it was done: it is looked at again, and what is left to do is done.
      if (!(error instanceof LostAnswer) || attempt === attempts) throw error;
      lost = step.deed;
    }
  }
}

async function take(step: Exclude<IssueStep, { deed: 'nothing' }>, cluster: string, issues: Issues): Promise<Issue> {
  if (step.deed === 'open') {
    const { title, body } = step;
    return effect('issue', () => issues.open({ title, body, label: driftLabel }, markerOf(cluster)));
  }
  const { number, changes, comment } = step;
  if (comment !== undefined) await effect('comment', () => issues.comment(number, comment.marker, comment.text));
  return effect('issue', () => issues.update(number, changes));
}
