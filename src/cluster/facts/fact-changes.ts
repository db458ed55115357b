import type { ClusterDocument } from '../../language/cluster.ts';
import { capacityChanges } from './capacity-changes.ts';
import { classChanges, runtimeClassChanges } from './class-changes.ts';
import { customResourceChanges } from './custom-resource-changes.ts';
import { type FactChange, valueChange } from './fact-change.ts';
import { gpuPoolChanges } from './gpu-pool-changes.ts';
import type { Asked, LiveFacts } from './live-facts.ts';

/** What cluster.yaml has to say otherwise. Facts that nobody could read stay as they are. */
export function factChanges(spec: ClusterDocument['spec'], live: LiveFacts, used: ReadonlySet<string>): FactChange[] {
  return [
    ...changes(live.kubernetes, (version) => valueChange(['kubernetes'], spec.kubernetes, version)),
    ...changes(live.storageClasses, (classes) => classChanges('storageClasses', spec.storageClasses, classes)),
    ...changes(live.ingressClasses, (classes) => classChanges('ingressClasses', spec.ingressClasses, classes)),
    ...changes(live.runtimeClasses, (names) => runtimeClassChanges(spec.runtimeClasses, names)),
    ...changes(live.kinds, (served) => customResourceChanges(spec.customResources, served, used)),
    ...changes(live.nodes, (nodes) => [...gpuPoolChanges(spec.gpuPools, nodes), ...capacityChanges(spec.capacity, nodes)]),
    ...changes(live.metricsServer, (runs) => valueChange(['metricsServer'], spec.metricsServer, runs)),
  ];
}

function changes<Value>(asked: Asked<Value>, use: (value: Value) => FactChange[]): FactChange[] {
  return 'unknown' in asked ? [] : use(asked.value);
}

export interface UnknownFact {
  readonly fields: readonly string[];
  readonly why: string;
  readonly hint?: string | undefined;
}

const fieldsOf: Readonly<Record<keyof LiveFacts, readonly string[]>> = {
  kubernetes: ['kubernetes'],
  storageClasses: ['storageClasses'],
  ingressClasses: ['ingressClasses'],
  runtimeClasses: ['runtimeClasses'],
  kinds: ['customResources'],
  nodes: ['gpuPools', 'capacity'],
  metricsServer: ['metricsServer'],
};

export function unknownFacts(live: LiveFacts): UnknownFact[] {
  return (Object.keys(fieldsOf) as (keyof LiveFacts)[]).flatMap((name) => {
    const asked = live[name];
    return 'unknown' in asked ? [{ fields: fieldsOf[name], why: asked.unknown, hint: asked.hint }] : [];
  });
}
