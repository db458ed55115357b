import * as z from 'zod';
import type { ClusterApi } from '../cluster-api.ts';
import { askAll, mapAsked } from './ask.ts';
import type { Asked, LiveNode } from './live-facts.ts';

const node = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).nullish() }),
  spec: z
    .object({
      unschedulable: z.boolean().nullish(),
      taints: z.array(z.object({ key: z.string(), effect: z.string() })).nullish(),
    })
    .nullish(),
  status: z.object({ allocatable: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/** Where pods of the fleet do not run, whatever they tolerate: the nodes of the cluster's own servers. */
const reserved = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

/** Nodes that take pods. One that is not ready now will be again; one that is cordoned is on its way out. */
export async function askNodes(api: ClusterApi): Promise<Asked<readonly LiveNode[]>> {
  const answer = await askAll(api, { path: '/api/v1/nodes', what: 'nodes', needs: 'list nodes' }, node);
  return mapAsked(answer, (items): Asked<readonly LiveNode[]> => {
    const nodes = items.flatMap(({ metadata, spec, status }): LiveNode[] => {
      const taints = (spec?.taints ?? []).filter(({ effect }) => effect !== 'PreferNoSchedule').map(({ key }) => key);
      if (spec?.unschedulable === true || taints.some((key) => reserved.includes(key))) return [];
      return [{ labels: metadata.labels ?? {}, taints, allocatable: status?.allocatable ?? {} }];
    });
    return nodes.length === 0 ? { unknown: `${api.server} has no node that takes pods` } : { value: nodes };
  });
}
