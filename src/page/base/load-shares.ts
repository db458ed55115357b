import type { Amount, Load } from '../../report/report.ts';

/** How much of one resource is asked for, against what there is of it. */
export interface LoadShare {
  readonly resource: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Undefined where nobody said how much there is. */
  readonly allowed: number | undefined;
  /** What goes beyond `allowed`: already the least that runs, or only the most that may run. */
  readonly exceeds: 'minimum' | 'maximum' | undefined;
}

/** Of all resources that are asked for or there; those of every cluster first. */
export function loadShares({ minimum, maximum, allowed }: Load, limits: readonly Amount[] = allowed): LoadShare[] {
  const names = new Set([minimum, maximum, limits].flatMap((amounts) => amounts.map(({ resource }) => resource)));
  return [...names]
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map((resource) => {
      const least = amountIn(minimum, resource) ?? 0;
      const most = Math.max(least, amountIn(maximum, resource) ?? 0);
      const limit = amountIn(limits, resource);
      return { resource, minimum: least, maximum: most, allowed: limit, exceeds: exceeding(least, most, limit) };
    });
}

/** Budgets bound the least that runs; only a cluster has an end for the most. */
export function overBudget(load: Load): LoadShare[] {
  return loadShares(load).filter(({ exceeds }) => exceeds === 'minimum');
}

function exceeding(least: number, most: number, limit: number | undefined): LoadShare['exceeds'] {
  if (limit === undefined || most <= limit) return undefined;
  return least > limit ? 'minimum' : 'maximum';
}

function amountIn(amounts: readonly Amount[], resource: string): number | undefined {
  return amounts.find((amount) => amount.resource === resource)?.value;
}

const first = ['cpu', 'memory', 'storage', 'ephemeral-storage'];

function rank(resource: string): number {
  const place = first.indexOf(resource);
  return place < 0 ? first.length : place;
}
