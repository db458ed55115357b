import { convention } from '../model/origin.ts';
import { childOf, type Tracked } from '../model/tracked.ts';
import type { Cluster } from '../read/read-documents.ts';

/** Facts that every cluster is taken to have, whatever it says of itself. */
export interface AssumedFacts {
  readonly kubernetes: string;
}

export function assumeFacts(cluster: Cluster, { kubernetes }: AssumedFacts): Cluster {
  const document = cluster.document as Tracked;
  const spec = childOf(document, 'spec') as Tracked & { value: object };
  const stated = cluster.document.value.spec.value.kubernetes.value;
  if (stated === kubernetes) return cluster;
  const version = { value: kubernetes, origin: convention(`assumed in place of ${stated}`) };
  const changed = { ...spec, value: { ...spec.value, kubernetes: version } };
  return {
    ...cluster,
    document: { ...document, value: { ...(document.value as object), spec: changed } } as typeof cluster.document,
  };
}
