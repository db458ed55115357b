import type { Any } from '../fleet.ts';
import { find, ofKind, type PodSet, portOf, type Render, selected, selects } from './render.ts';

/** Policies, budgets and autoscalers that concern nobody, or ports that those concerned have not. */
export function checkSelectors(render: Render): string[] {
  return [...ofKind(render, 'NetworkPolicy').flatMap((one) => policy(one, render)), ...budgets(render), ...autoscalers(render)];
}

function policy(object: Any, render: Render): string[] {
  const id = `NetworkPolicy/${object.metadata.name}`;
  const { podSelector, ingress = [], egress = [] } = object.spec;
  const concerned = selected(render, podSelector);
  if (concerned.length === 0 && !madeAtRunTime(podSelector, render)) return [`${id} selects no pods`];
  const rules = [
    ...ingress.map((rule: Any) => ({ peers: rule.from ?? [], ports: rule.ports ?? [], listening: () => concerned })),
    ...egress.map((rule: Any) => ({
      peers: rule.to ?? [],
      ports: rule.ports ?? [],
      listening: (peer: Any) => (peer ? local(peer, render) : []),
    })),
  ];
  return rules.flatMap(({ peers, ports, listening }) => [
    ...peers
      .filter((peer: Any) => isLocal(peer) && local(peer, render).length === 0 && !madeAtRunTime(peer.podSelector, render))
      .map((peer: Any) => `${id} names pods ${JSON.stringify(peer.podSelector)}, which are not there`),
    ...peers
      .filter(isLocal)
      .flatMap((peer: Any) =>
        listening(peer).flatMap((pods: PodSet) =>
          ports
            .filter(({ port }: Any) => port !== undefined && !portOf(pods, port))
            .map(({ port }: Any) => `${id} opens port ${port}, which ${pods.id} has not`),
        ),
      ),
  ]);
}

const isLocal = (peer: Any) => peer.podSelector !== undefined && peer.namespaceSelector === undefined;
const local = (peer: Any, render: Render) => selected(render, peer.podSelector);
const madeAtRunTime = (selector: Any, render: Render) => render.madeAtRunTime.some((labels) => selects(selector, labels));

function budgets(render: Render): string[] {
  return ofKind(render, 'PodDisruptionBudget').flatMap((object) => {
    const pods = selected(render, object.spec.selector);
    return pods.length === 1 ? [] : [`PodDisruptionBudget/${object.metadata.name} selects ${pods.length} workloads`];
  });
}

function autoscalers(render: Render): string[] {
  return ofKind(render, 'HorizontalPodAutoscaler').flatMap((object) => {
    const id = `HorizontalPodAutoscaler/${object.metadata.name}`;
    const { kind, name } = object.spec.scaleTargetRef;
    const target = find(render, kind, name);
    if (target === undefined) return [`${id} scales ${kind}/${name}, which is not there`];
    const resources = (object.spec.metrics ?? []).flatMap((one: Any) => (one.resource ? [one.resource.name] : []));
    const containers: Any[] = target.spec.template.spec.containers;
    return [
      ...(target.spec.replicas === undefined ? [] : [`${id} and ${kind}/${name} both say how many`]),
      ...resources
        .filter((resource: string) => containers.some((one) => one.resources?.requests?.[resource] === undefined))
        .map((resource: string) => `${id} measures ${resource}, of which ${kind}/${name} requests none`),
    ];
  });
}

/** Spread and affinity that look for labels that the pod itself has not. */
export function checkSpread(render: Render): string[] {
  return render.pods.flatMap(({ id, pod, labels }) =>
    (pod.topologySpreadConstraints ?? [])
      .filter((constraint: Any) => !selects(constraint.labelSelector ?? {}, labels))
      .map(() => `${id} spreads pods other than its own`),
  );
}
