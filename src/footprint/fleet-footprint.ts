import type { Amounts } from './amounts.ts';
import type { ComponentFootprint } from './component-footprints.ts';
import { addFootprints, type Footprint } from './footprint.ts';

/** One system in one environment. */
export interface DeployedFootprint {
  readonly cluster: string;
  readonly environment: string;
  readonly system: string;
  readonly components: readonly ComponentFootprint[];
  /** What each may request: the system, all of its environment, all of its cluster. */
  readonly allowance: { readonly system: Amounts; readonly environment: Amounts; readonly cluster: Amounts };
}

interface Bounded {
  readonly name: string;
  readonly allowed: Amounts;
  readonly footprint: Footprint;
}

export interface ClusterFootprint extends Bounded {
  readonly environments: readonly EnvironmentFootprint[];
}

export interface EnvironmentFootprint extends Bounded {
  readonly systems: readonly SystemFootprint[];
}

export interface SystemFootprint extends Bounded {
  readonly components: readonly ComponentFootprint[];
}

/** Sums over systems, environments and clusters, each in the order in which it first comes. */
export function fleetFootprint(deployed: readonly DeployedFootprint[]): ClusterFootprint[] {
  return groups(deployed, (one) => one.cluster).map(([name, here]) => ({
    name,
    allowed: here[0].allowance.cluster,
    footprint: sumOf(here),
    environments: groups(here, (one) => one.environment).map(([environment, inIt]) => ({
      name: environment,
      allowed: inIt[0].allowance.environment,
      footprint: sumOf(inIt),
      systems: inIt.map((one) => ({
        name: one.system,
        allowed: one.allowance.system,
        footprint: sumOf([one]),
        components: one.components,
      })),
    })),
  }));
}

function sumOf(deployed: readonly DeployedFootprint[]): Footprint {
  return addFootprints(deployed.flatMap(({ components }) => components.map(({ footprint }) => footprint)));
}

type Some<Item> = readonly [Item, ...Item[]];

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Some<Item>][] {
  const found = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = found.get(keyOf(item));
    if (group === undefined) found.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...found];
}
