import { exactQuantity } from '../../footprint/format-quantity.ts';
import { parseQuantity } from '../../footprint/quantity.ts';
import type { FactChange } from './fact-change.ts';
import type { LiveNode } from './live-facts.ts';

interface WrittenCapacity {
  readonly cpu: string | number;
  readonly memory: string | number;
}

/** What the nodes have for pods, all together. Volumes come from elsewhere: of storage the API knows nothing. */
export function capacityChanges(written: WrittenCapacity | undefined, nodes: readonly LiveNode[]): FactChange[] {
  const live = (['cpu', 'memory'] as const).map((name) => ({ name, ...roundedSum(name, nodes) }));
  if (written === undefined) {
    const value = Object.fromEntries(live.map(({ name, shown }) => [name, shown]));
    return [{ field: 'capacity', after: value, edits: [{ path: ['spec', 'capacity'], value }] }];
  }
  return live.flatMap(({ name, amount, shown }) => {
    if (parseQuantity(written[name]) === amount) return [];
    return [
      {
        field: `capacity.${name}`,
        before: written[name],
        after: shown,
        edits: [{ path: ['spec', 'capacity', name], value: shown }],
      },
    ];
  });
}

const steps = {
  cpu: [1000n, 1n],
  memory: [1000n * 1024n ** 3n, 1000n * 1024n ** 2n, 1000n],
} as const;

/** In the largest unit of which there are a hundred, and never more than there is: nobody reads the kibibytes of nodes. */
function roundedSum(name: 'cpu' | 'memory', nodes: readonly LiveNode[]): { amount: bigint; shown: string | number } {
  const sum = nodes.reduce((total, { allocatable }) => total + (parseQuantity(allocatable[name]) ?? 0n), 0n);
  const step = steps[name].find((unit) => sum >= 100n * unit) ?? 1n;
  const amount = sum - (sum % step);
  const text = exactQuantity(name, amount);
  return { amount, shown: /^\d{1,15}$/.test(text) ? Number(text) : text };
}
