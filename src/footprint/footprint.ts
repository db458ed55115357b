import { type Amounts, addAmounts, timesAmounts } from './amounts.ts';
import type { Demand } from './pod-demand.ts';

/** What something asks of a cluster. */
export interface Footprint {
  readonly minimum: Share;
  readonly maximum: Share;
  /** Jobs and CronJobs, on top of either, while they run. */
  readonly running: Share;
  /** Pods of DaemonSets, on top, once for each node; how many nodes there are nobody has said. */
  readonly perNode: Share;
}

export interface Share extends Demand {
  readonly pods: number;
}

export const noShare: Share = { pods: 0, requests: {}, limits: {}, unlimited: [] };
export const noFootprint: Footprint = { minimum: noShare, maximum: noShare, running: noShare, perNode: noShare };

export function addFootprints(all: readonly Footprint[]): Footprint {
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return only;
  const sum = (of: keyof Footprint) => addShares(all.map((footprint) => footprint[of]));
  return { minimum: sum('minimum'), maximum: sum('maximum'), running: sum('running'), perNode: sum('perNode') };
}

export function addShares(all: readonly Share[]): Share {
  return {
    pods: all.reduce((pods, share) => pods + share.pods, 0),
    requests: addAmounts(all.map((share) => share.requests)),
    limits: addAmounts(all.map((share) => share.limits)),
    unlimited: [...new Set(all.flatMap((share) => share.unlimited))].sort(),
  };
}

export function podsAs(pods: number, { requests, limits, unlimited }: Demand): Share {
  if (pods === 0) return noShare;
  return { pods, requests: timesAmounts(requests, pods), limits: timesAmounts(limits, pods), unlimited };
}

export function onlyRequests(requests: Amounts): Share {
  return { ...noShare, requests };
}
