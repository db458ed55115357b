import type { Amount, Cell, Load, ReportIndex } from '../../report/report.ts';

/** What a system asks for of one resource, against what it may. */
export interface Share {
  readonly resource: string;
  readonly minimum: Amount | undefined;
  readonly maximum: Amount;
  /** The nearest limit that is stated, and whose it is. */
  readonly allowed: Amount | undefined;
  readonly whose: string;
}

/** Its own budget counts first, then that of its environment, then what the cluster has. */
export function sharesOf(index: ReportIndex, cell: Cell): Share[] {
  const environment = index.environments.find(({ name }) => name === cell.environment);
  const cluster = index.clusters.find(({ name }) => name === environment?.cluster);
  const limits: readonly { readonly load: Load | undefined; readonly whose: string }[] = [
    { load: cell.load, whose: 'its own budget' },
    { load: environment?.load, whose: `budget of ${cell.environment}` },
    { load: cluster?.load, whose: `capacity of cluster ${cluster?.name}` },
  ];
  return cell.load.maximum.map((maximum) => {
    const { resource } = maximum;
    const of = (amounts: readonly Amount[] = []) => amounts.find((amount) => amount.resource === resource);
    const limit = limits.find(({ load }) => of(load?.allowed) !== undefined);
    return {
      ...{ resource, maximum, minimum: of(cell.load.minimum) },
      allowed: of(limit?.load?.allowed),
      whose: limit?.whose ?? '',
    };
  });
}
