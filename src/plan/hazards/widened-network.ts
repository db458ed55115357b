import { canonicalJson } from '../../compile/expected-objects.ts';
import type { PlainObject } from '../../model/desired-object.ts';
import { asList, asMap } from '../../model/pod-specs.ts';
import type { FoundHazard, HazardRule, ObjectPair } from './hazard.ts';

/** Who may reach pods, or be reached by them, that could not before. */
export const widenedNetwork: HazardRule = ({ objects }) =>
  objects.flatMap((pair) => {
    switch (pair.kind) {
      case 'NetworkPolicy':
        return pair.after === undefined ? removedPolicy(pair, objects) : widenedPolicy(pair);
      case 'Service':
        return publishedService(pair);
      case 'Ingress':
        return newHosts(pair);
      default:
        return [];
    }
  });

const directions = { ingress: 'from', egress: 'to' } as const;

function widenedPolicy({ object, before, after }: ObjectPair): FoundHazard[] {
  // A policy that is new only takes away: where there was none, everything was allowed.
  if (before === undefined) return [];
  const texts = Object.entries(directions).flatMap(([direction, preposition]) => {
    const restricted = [before, after].map((policy) => typesOf(policy as PlainObject).has(direction));
    if (restricted[0] !== true) return [];
    if (restricted[1] !== true) return [`no longer restricts ${direction}`];
    const known = asList(asMap(before.spec)?.[direction]).map(canonicalJson);
    if (known.includes('{}')) return [];
    return asList(asMap(after?.spec)?.[direction])
      .filter((rule) => !known.includes(canonicalJson(rule)))
      .map((rule) => `opens ${direction} ${describeRule(rule, preposition)}`);
  });
  return texts.length === 0 ? [] : [{ kind: 'network', object, text: texts.join('; ') }];
}

/** Without policyTypes a policy restricts ingress, and egress where it has rules for it. */
function typesOf(policy: PlainObject): Set<string> {
  const spec = asMap(policy.spec);
  const types = Array.isArray(spec?.policyTypes)
    ? spec.policyTypes
    : ['Ingress', ...(spec?.egress === undefined ? [] : ['Egress'])];
  return new Set(types.map((type) => String(type).toLowerCase()));
}

function describeRule(rule: PlainObject, preposition: 'from' | 'to'): string {
  const peers = asList(rule[preposition]).map(describePeer);
  const ports = asList(rule.ports).map(({ port, endPort, protocol }) =>
    [`${String(port ?? 'any port')}${endPort === undefined ? '' : `-${String(endPort)}`}`, protocol].filter(Boolean).join('/'),
  );
  return `${preposition} ${peers.length === 0 ? 'everywhere' : peers.join(' and ')}${ports.length === 0 ? '' : ` on ${ports.join(', ')}`}`;
}

function describePeer(peer: PlainObject): string {
  const block = asMap(peer.ipBlock)?.cidr;
  if (block !== undefined) return String(block);
  const namespaces = asMap(peer.namespaceSelector);
  const pods = asMap(peer.podSelector);
  return [
    ...(pods === undefined ? ['all pods'] : [`pods ${describeSelector(pods)}`]),
    ...(namespaces === undefined ? [] : [`in namespaces ${describeSelector(namespaces)}`]),
  ].join(' ');
}

function describeSelector(selector: PlainObject): string {
  const labels = Object.entries(asMap(selector.matchLabels) ?? {}).map(([key, value]) => `${key}=${String(value)}`);
  const others = selector.matchExpressions === undefined ? [] : [canonicalJson(selector.matchExpressions)];
  return labels.length + others.length === 0 ? '(any)' : [...labels, ...others].join(',');
}

/** Only a loss where the pods that it held stay. */
function removedPolicy({ object, before }: ObjectPair, objects: readonly ObjectPair[]): FoundHazard[] {
  const selector = asMap(asMap(before?.spec)?.podSelector);
  const held = objects.flatMap((pair) => {
    const labels = pair.after === undefined ? undefined : asMap(asMap(asMap(asMap(pair.after.spec)?.template)?.metadata)?.labels);
    return labels !== undefined && selects(selector, labels) ? [pair.object] : [];
  });
  return held.length === 0 ? [] : [{ kind: 'network', object, text: `is gone; it held ${held.join(', ')}` }];
}

function selects(selector: PlainObject | undefined, labels: PlainObject): boolean {
  return Object.entries(asMap(selector?.matchLabels) ?? {}).every(([key, value]) => labels[key] === value);
}

function publishedService({ object, before, after }: ObjectPair): FoundHazard[] {
  const spec = asMap(after?.spec);
  if (spec === undefined) return [];
  const was = asMap(before?.spec);
  const published = spec.type === 'LoadBalancer' || spec.type === 'NodePort';
  const texts = [
    ...(published && was?.type !== spec.type ? [`is of type ${String(spec.type)} and reachable from outside the cluster`] : []),
    ...added(spec.externalIPs, was?.externalIPs).map((address) => `takes the address ${address}`),
    ...widenedSources(spec, was),
  ];
  return texts.length === 0 ? [] : [{ kind: 'network', object, text: texts.join('; ') }];
}

function widenedSources(spec: PlainObject, was: PlainObject | undefined): string[] {
  if (spec.type !== 'LoadBalancer' || was?.loadBalancerSourceRanges === undefined) return [];
  if (spec.loadBalancerSourceRanges === undefined) return ['lets every address in'];
  return added(spec.loadBalancerSourceRanges, was.loadBalancerSourceRanges).map((range) => `lets ${range} in`);
}

function newHosts({ object, before, after }: ObjectPair): FoundHazard[] {
  if (after === undefined) return [];
  const hosts = added(hostsOf(after), before === undefined ? [] : hostsOf(before));
  return hosts.length === 0 ? [] : [{ kind: 'network', object, text: `publishes ${hosts.join(', ')}` }];
}

function hostsOf(ingress: PlainObject): string[] {
  return asList(asMap(ingress.spec)?.rules).map((rule) => String(rule.host ?? '*'));
}

function added(now: unknown, before: unknown): string[] {
  const known = new Set(Array.isArray(before) ? before.map(String) : []);
  return [...new Set(Array.isArray(now) ? now.map(String) : [])].filter((text) => !known.has(text));
}
