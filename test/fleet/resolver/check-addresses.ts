import type { Any } from '../fleet.ts';
import { type Answer, answer } from './answer.ts';
import { type Edge, edgesOf } from './edges.ts';
import { ofKind, type PodSet, type Render, selects } from './render.ts';
import { variablesOf } from './variables.ts';

/** Addresses that lead nowhere, and connections that a policy cuts. */
export function checkAddresses(render: Render): string[] {
  const broken = render.pods.flatMap((pods) =>
    pods.containers.flatMap((container) =>
      variablesOf(container, pods, render).complaints.map((complaint) => `${pods.id} ${complaint}`),
    ),
  );
  const edges = edgesOf(render).flatMap((edge) => {
    const found = answer(edge, edge.from, render);
    const why = found.by === 'nobody' ? [found.why] : cut(edge, found, render);
    const port = edge.port === undefined ? '' : `:${edge.port}`;
    return why.map((reason) => `${edge.from.id} ${edge.where} → ${edge.host}${port}: ${reason}`);
  });
  return [...broken, ...edges];
}

function cut(edge: Edge, found: Answer, render: Render): string[] {
  if (edge.port === undefined) return [];
  const source = policiesOf(edge.from, render);
  const bridge = ofKind(render, 'Service').some(
    ({ metadata, spec }) => metadata.name === edge.host.split('.')[0] && !spec.selector,
  );
  if (found.by === 'outside' && (bridge || render.externals.has(edge.host))) {
    const open = source.some((policy) => opensOutside(policy.spec.egress, edge.port as number));
    return open || source.length === 0 ? [] : ['egress is closed'];
  }
  if (found.by !== 'pods' || found.port === undefined) return [];
  // Its own address a Deployment knows in order to hand it on; members of a StatefulSet call each other.
  if (found.pods === edge.from && (edge.from.replicas === 1 || edge.from.object.kind === 'Deployment')) return [];
  const destination = policiesOf(found.pods, render);
  const egress = source.length === 0 || lets(source, 'egress', found.pods, found.port);
  const ingress = destination.length === 0 || lets(destination, 'ingress', edge.from, found.port);
  return [...(egress ? [] : ['egress is closed']), ...(ingress ? [] : ['ingress is closed'])];
}

function policiesOf(pods: PodSet, render: Render): Any[] {
  return ofKind(render, 'NetworkPolicy').filter((policy) => selects(policy.spec.podSelector, pods.labels));
}

function opensOutside(rules: Any[] = [], port: number): boolean {
  return rules.some((rule) => rule.to?.some((peer: Any) => peer.ipBlock) && rule.ports.some((one: Any) => one.port === port));
}

function lets(policies: readonly Any[], direction: 'egress' | 'ingress', peer: PodSet, port: number): boolean {
  const side = direction === 'egress' ? 'to' : 'from';
  return policies.some((policy) =>
    (policy.spec[direction] ?? []).some(
      (rule: Any) =>
        // A rule without ports, as among the members of a cluster, lets all of them through.
        (rule.ports ?? [{ port }]).some((one: Any) => one.port === port) &&
        (rule[side] ?? []).some(
          (one: Any) =>
            one.podSelector !== undefined && one.namespaceSelector === undefined && selects(one.podSelector, peer.labels),
        ),
    ),
  );
}
