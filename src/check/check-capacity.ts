import type { Report } from '../diagnostics/diagnostic.ts';
import { type Amounts, addAmounts, excessOver, readAmounts, type WrittenAmounts } from '../footprint/amounts.ts';
import { type Bounds, capacityOf } from '../footprint/bounds.ts';
import type { ClusterDocument } from '../language/cluster.ts';
import { overlayFolder } from '../model/output-paths.ts';
import type { Tracked } from '../model/tracked.ts';
import type { Deployed } from './check-across.ts';
import { checkBounds } from './check-bounds.ts';

/**
 * What all environments of a cluster ask for, against what it has: at minimum scale it must be enough, at
 * maximum scale it had better be. The cluster's document is asked for only when something does not fit.
 */
export function checkCapacity(
  cluster: string,
  capacity: WrittenAmounts,
  deployed: readonly Deployed[],
  document: () => Tracked<ClusterDocument> | undefined,
  report: Report,
): void {
  const has = readAmounts(capacity);
  if (Object.keys(has).length === 0) return;
  const asked = (scale: 'minimum' | 'maximum') => deployed.map(({ facts }) => readAmounts(facts.requests[scale]));
  const beyond = excessOver(addAmounts(asked('minimum')), has);
  // What does not fit at minimum scale need not be told again.
  const beyondAtMaximum = without(excessOver(addAmounts(asked('maximum')), has), beyond);
  if (Object.keys(beyond).length + Object.keys(beyondAtMaximum).length === 0) return;
  const read = document();
  if (read === undefined) return;
  const bounds = capacityOf(read);
  const contributions = (scale: 'minimum' | 'maximum') =>
    deployed.map(({ environment, facts, place }) => ({
      name: `${facts.system} in ${environment}`,
      requests: readAmounts(facts.requests[scale]),
      place,
    }));
  const overlays = deployed.map(({ environment, facts }) => overlayFolder(environment, facts.system));
  const asks = `the environments of cluster ${cluster} ask for`;
  const seen = `\`stowage footprint\` shows who asks for how much`;
  checkBounds(
    only(bounds, beyond),
    contributions('minimum'),
    {
      code: 'over-capacity',
      severity: 'error',
      asks,
      scale: 'at minimum scale',
      bound: 'its capacity',
      hint: `ask for less, move an environment to another cluster, or correct the capacity; ${seen}`,
      overlays,
    },
    report,
  );
  checkBounds(
    only(bounds, beyondAtMaximum),
    contributions('maximum'),
    {
      code: 'scale-beyond-capacity',
      severity: 'warning',
      asks,
      scale: 'with every autoscaler at its maximum',
      bound: 'its capacity',
      hint: `pods beyond it will wait for a place; lower an autoscaler's maximum or let the cluster grow; ${seen}`,
      overlays,
    },
    report,
  );
}

function without(amounts: Amounts, others: Amounts): Amounts {
  return Object.fromEntries(Object.entries(amounts).filter(([name]) => !Object.hasOwn(others, name)));
}

function only(bounds: Bounds, names: Amounts): Bounds {
  return {
    ...bounds,
    amounts: Object.fromEntries(Object.entries(bounds.amounts).filter(([name]) => Object.hasOwn(names, name))),
  };
}
