import type { ClusterDocument } from '../language/cluster.ts';
import type { Budget } from '../language/environment.ts';
import type { Origin } from '../model/origin.ts';
import { entriesOf, type Tracked, untrack } from '../model/tracked.ts';
import { type Amounts, addAmounts, readAmounts } from './amounts.ts';

/** Amounts that must not be exceeded, each with the line that says it. */
export interface Bounds {
  readonly amounts: Amounts;
  readonly origins: ReadonlyMap<string, Origin>;
}

export function budgetOf(budget: Tracked<Budget> | undefined): Bounds | undefined {
  return budget === undefined ? undefined : bounds(budget as Tracked<Record<string, string | number>>);
}

/** The capacity of a cluster; of GPUs it has what its pools count, where all of them do. */
export function capacityOf(document: Tracked<ClusterDocument>): Bounds {
  const { capacity, gpuPools } = document.value.spec.value;
  const said =
    capacity === undefined ? { amounts: {}, origins: new Map() } : bounds(capacity as Tracked<Record<string, string | number>>);
  const origins = new Map<string, Origin>(said.origins);
  const pools = entriesOf(gpuPools).map(([, pool]) => {
    const { resource = 'nvidia.com/gpu', count } = untrack(pool);
    if (!origins.has(resource)) origins.set(resource, (pool.value.count ?? pool).origin);
    return { resource, count };
  });
  const uncounted = new Set(pools.filter(({ count }) => count === undefined).map(({ resource }) => resource));
  const counted = pools.filter(({ resource }) => !uncounted.has(resource));
  const gpus = counted.map(({ resource, count }) => readAmounts({ [resource]: count }));
  return { amounts: addAmounts([said.amounts, ...gpus]), origins };
}

function bounds(written: Tracked<Record<string, string | number>>): Bounds {
  const origins = new Map(entriesOf(written).map(([name, { origin }]) => [name, origin]));
  return { amounts: readAmounts(untrack(written)), origins };
}
