import type { ClusterFacts } from './cluster-facts.ts';
import type { Any } from './kube.ts';

/** Three nodes in three zones with room for all that a cluster of the fleet runs, and one for each pool of GPUs. */
export function nodes({ gpuPools = {} }: ClusterFacts): Any[] {
  const plain = ['a', 'b', 'c'].map((zone) => node(`node-${zone}`, zone, {}));
  const pools = Object.entries(gpuPools).map(([name, { labels, taint, resource = 'nvidia.com/gpu', count = 8 }]) =>
    node(`gpu-${name}`, 'a', {
      labels,
      gpus: { [resource]: String(count) },
      taints: taint === undefined ? [] : [{ key: taint, value: 'present', effect: 'NoSchedule' }],
    }),
  );
  return [...plain, ...pools];
}

function node(name: string, zone: string, { labels = {}, gpus = {}, taints = [] }: Any): Any {
  const room = { cpu: '512', memory: '4Ti', 'ephemeral-storage': '20Ti', pods: '1000', ...gpus };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/zone': `zone-${zone}`,
        'topology.kubernetes.io/region': 'region',
        ...labels,
      },
    },
    spec: { taints },
    status: { allocatable: room, capacity: room },
  };
}
