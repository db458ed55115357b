import { compareText } from '../../diagnostics/sort-diagnostics.ts';
import { parseQuantity } from '../../footprint/quantity.ts';
import { labels } from '../../language/scalars.ts';
import type { FactChange } from './fact-change.ts';
import type { LiveNode } from './live-facts.ts';

interface WrittenPool {
  readonly resource?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly count?: number | undefined;
}

const usualResource = 'nvidia.com/gpu';

/**
 * GPUs are counted in the pools that the file describes; a pool without a count is of any size, as somebody decided.
 * GPU nodes that no pool describes become a pool, one for each resource.
 */
export function gpuPoolChanges(
  written: Readonly<Record<string, WrittenPool>> | undefined,
  nodes: readonly LiveNode[],
): FactChange[] {
  const pools = Object.entries(written ?? {});
  const counted = pools.flatMap(([name, pool]): FactChange[] => {
    if (pool.count === undefined) return [];
    const count = countOf(
      pool.resource ?? usualResource,
      nodes.filter((node) => describes(pool, node)),
    );
    if (count === pool.count) return [];
    const edits = [{ path: ['spec', 'gpuPools', name, 'count'], value: count }];
    return [{ field: `gpuPools.${name}.count`, before: pool.count, after: count, edits }];
  });
  const left = nodes.filter((node) => !pools.some(([, pool]) => describes(pool, node)));
  const resources = [...new Set(left.flatMap(gpusOf))].sort(compareText);
  const names = new Set(pools.map(([name]) => name));
  const added = resources.map((resource): FactChange => {
    const name = nameOf(resource, names);
    names.add(name);
    const value = newPool(resource, nodes, left);
    return { field: `gpuPools.${name}`, after: value, edits: [{ path: ['spec', 'gpuPools', name], value }] };
  });
  return [...counted, ...added];
}

function describes({ resource = usualResource, labels: wanted = {} }: WrittenPool, node: LiveNode): boolean {
  return has(node, resource) && Object.entries(wanted).every(([key, value]) => node.labels[key] === value);
}

function has({ allocatable }: LiveNode, resource: string): boolean {
  return (parseQuantity(allocatable[resource]) ?? 0n) > 0n;
}

/** By the names that device plugins give: `nvidia.com/gpu`, `gpu.intel.com/i915`, `nvidia.com/mig-1g.5gb`. */
function gpusOf(node: LiveNode): string[] {
  const isGpu = (name: string) => name.includes('/') && /(^|[./-])gpu($|[./-])|^nvidia\.com\/mig-/.test(name);
  return Object.keys(node.allocatable).filter((name) => isGpu(name) && has(node, name));
}

function countOf(resource: string, nodes: readonly LiveNode[]): number {
  const sum = nodes.reduce((total, { allocatable }) => total + (parseQuantity(allocatable[resource]) ?? 0n), 0n);
  return Number(sum / 1000n);
}

/** After who makes them, and what sets them apart. */
function nameOf(resource: string, taken: ReadonlySet<string>): string {
  const [domain = '', kind = ''] = resource.split('/');
  const maker = domain.split('.').at(-2) ?? domain;
  const base = (kind === 'gpu' || domain.startsWith('gpu.') ? maker : `${maker}-${kind}`).replace(/[^a-z0-9-]+/g, '-');
  const name = base.slice(0, 56).replace(/^-+|-+$/g, '') || 'gpu';
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

/** A label that all nodes of the pool have and no other node: what tells the pool from the rest of the cluster. */
function newPool(resource: string, nodes: readonly LiveNode[], left: readonly LiveNode[]): Record<string, unknown> {
  const own = left.filter((node) => has(node, resource));
  const others = nodes.filter((node) => !own.includes(node));
  const telling = telltales(resource).find((key) => {
    const value = own[0]?.labels[key];
    return (
      value !== undefined &&
      labels.safeParse({ [key]: value }).success &&
      own.every((node) => node.labels[key] === value) &&
      others.every((node) => node.labels[key] !== value)
    );
  });
  const taints = (own[0]?.taints ?? []).filter((key) => own.every((node) => node.taints.includes(key)));
  const taint = taints.find((key) => key === resource) ?? taints.find((key) => /gpu/.test(key));
  return {
    resource,
    ...(telling === undefined ? {} : { labels: { [telling]: own[0]?.labels[telling] } }),
    ...(taint === undefined ? {} : { taint }),
    count: countOf(resource, own),
  };
}

/** Labels by which operators and providers mark GPU nodes, the general ones first. */
function telltales(resource: string): string[] {
  const domain = resource.split('/')[0];
  return [
    `${domain}/gpu.present`,
    `${domain}/gpu.product`,
    'cloud.google.com/gke-accelerator',
    'k8s.amazonaws.com/accelerator',
    'node.kubernetes.io/instance-type',
  ];
}
