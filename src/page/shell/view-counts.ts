import type { ReportIndex } from '../../report/report.ts';
import type { View } from '../base/route.ts';

/** A number beside the name of a view: how much there waits for somebody. */
export interface ViewCount {
  readonly count: number;
  readonly tone: 'bad' | 'warn' | 'quiet';
  /** What it counts, for who listens or points at it. */
  readonly means: string;
}

/** Only what is worth going there for. */
export function viewCounts(index: ReportIndex): Partial<Record<View, ViewCount>> {
  const { change, drift, problems } = index;
  return {
    ...counted('change', countChange(change)),
    ...counted('promotion', countPromotions(index)),
    ...counted('drift', drift === null ? undefined : countDrift(drift)),
    ...counted('problems', countProblems(problems)),
  };
}

function countChange(change: ReportIndex['change']): ViewCount | undefined {
  if (change === null) return undefined;
  if (change.blocking > 0) return { count: change.blocking, tone: 'bad', means: said(change.blocking, 'blocking hazard') };
  if (change.hazards > 0) return { count: change.hazards, tone: 'warn', means: said(change.hazards, 'hazard') };
  return { count: change.objects, tone: 'quiet', means: said(change.objects, 'changed object') };
}

function countPromotions({ cells }: ReportIndex): ViewCount {
  const count = cells.filter(({ promotion }) => promotion !== null).length;
  return { count, tone: 'quiet', means: `${said(count, 'promotion')} to come` };
}

function countDrift({ new: found, expired }: NonNullable<ReportIndex['drift']>): ViewCount {
  return { count: found + expired, tone: 'warn', means: `${found} new, ${expired} expired` };
}

function countProblems(problems: ReportIndex['problems']): ViewCount {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return { count: errors, tone: 'bad', means: said(errors, 'error') };
  return { count: problems.length, tone: 'warn', means: said(problems.length, 'warning') };
}

function counted(view: View, count: ViewCount | undefined): Partial<Record<View, ViewCount>> {
  return count === undefined || count.count === 0 ? {} : { [view]: count };
}

function said(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
