import { type Amounts, excessOver } from './amounts.ts';
import type { ComponentFootprint } from './component-footprints.ts';
import type { ClusterFootprint } from './fleet-footprint.ts';
import type { Footprint, Share } from './footprint.ts';

/** A line of the table: sums, or amounts that bound them or go beyond. */
export interface FootprintRow {
  readonly depth: number;
  readonly label: string;
  readonly share?: Share;
  readonly amounts?: Amounts;
}

/** Sums before what they are made of; environments first, since most people ask about one of them. */
export function footprintRows(cluster: ClusterFootprint): FootprintRow[][] {
  const environments = cluster.environments.map(({ name, footprint, allowed, systems }) => [
    ...sums(0, `environment ${name}`, footprint, 'budget', allowed),
    ...systems.flatMap((system) => [
      ...sums(1, system.name, system.footprint, 'budget', system.allowed),
      ...system.components.flatMap((component) => componentRows(component)),
    ]),
  ]);
  return [...environments, sums(0, `cluster ${cluster.name}, all environments`, cluster.footprint, 'capacity', cluster.allowed)];
}

function sums(depth: number, label: string, footprint: Footprint, bound: string, allowed: Amounts): FootprintRow[] {
  const { minimum, maximum, running, perNode } = footprint;
  const below = depth + 1;
  const beyond = (share: Share, when: string): FootprintRow[] => {
    const amounts = excessOver(share.requests, allowed);
    return Object.keys(amounts).length === 0 ? [] : [{ depth: below, label: `! beyond the ${bound}${when}`, amounts }];
  };
  return [
    { depth, label, share: minimum },
    ...(sameScale(minimum, maximum) ? [] : [{ depth: below, label: 'at maximum scale', share: maximum }]),
    ...(running.pods === 0 ? [] : [{ depth: below, label: 'while Jobs run, on top', share: running }]),
    ...(perNode.pods === 0 ? [] : [{ depth: below, label: 'on each node, on top', share: perNode }]),
    ...(Object.keys(allowed).length === 0 ? [] : [{ depth: below, label: bound, amounts: allowed }]),
    ...beyond(minimum, ''),
    ...(sameScale(minimum, maximum) ? [] : beyond(maximum, ' at maximum scale')),
  ];
}

function componentRows({ component, kinds, footprint }: ComponentFootprint): FootprintRow[] {
  const { minimum, maximum, running, perNode } = footprint;
  const name = component ?? 'under `objects`';
  const rows: FootprintRow[] = [];
  // A claim stays when its Job has ended.
  const stays = minimum.pods + maximum.pods > 0 || Object.keys(minimum.requests).length > 0;
  if (stays || kinds.length === 0) rows.push({ depth: 2, label: name, share: minimum });
  if (!sameScale(minimum, maximum)) rows.push({ depth: 3, label: 'at maximum scale', share: maximum });
  if (running.pods > 0 || (!stays && perNode.pods === 0))
    rows.push({ depth: 2, label: `${name} (${kindOf(kinds, 'Job')}, while it runs)`, share: running });
  if (perNode.pods > 0) rows.push({ depth: 2, label: `${name} (DaemonSet, on each node)`, share: perNode });
  return rows;
}

function kindOf(kinds: readonly string[], usual: string): string {
  return kinds.find((kind) => kind.endsWith(usual)) ?? usual;
}

function sameScale(minimum: Share, maximum: Share): boolean {
  return minimum.pods === maximum.pods;
}
