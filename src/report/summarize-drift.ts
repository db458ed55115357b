import type { DriftCounts, DriftEntry, DriftPart, DriftSummary } from './report.ts';

export function countDrift(entries: readonly Pick<DriftEntry, 'standing'>[]): DriftCounts {
  const count = (standing: DriftEntry['standing']) => entries.filter((entry) => entry.standing === standing).length;
  return { new: count('new'), expired: count('expired'), accepted: count('accepted') };
}

export function summarizeDrift({ runs, entries, unseen }: DriftPart): DriftSummary {
  return { at: runs.at(-1)?.at ?? '', ...countDrift(entries), unseen: unseen.length };
}
