import type { Report } from '../diagnostics/diagnostic.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import type { Dependency, ResolvedComponent, ResolvedSystem } from '../resolve/resolved.ts';
import { configMap } from './config-map.ts';
import { createdPods } from './created-pods.ts';
import { customObjects } from './custom-objects.ts';
import { groupConfigMap } from './environment-variables.ts';
import type { Expansion } from './expansion.ts';
import { externalSecret } from './external-secret.ts';
import { externalService } from './external-service.ts';
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { ingressObjects } from './ingress.ts';
import { namespaceObjects } from './namespace.ts';
import { networkPolicy } from './network-policy.ts';
import { podDisruptionBudget } from './pod-disruption-budget.ts';
import { sealedSecret } from './sealed-secret.ts';
import { services } from './service.ts';
import { permissionObjects, systemServiceAccount } from './service-account.ts';
import { serviceMonitor } from './service-monitor.ts';
import { shareIngresses } from './share-ingresses.ts';
import { chooseWaves, waveDepths } from './waves.ts';
import { workload } from './workload.ts';

export interface ExpansionRequest {
  readonly system: ResolvedSystem;
  /** The waves of the release; left out while they are found. */
  readonly waves?: ReadonlyMap<string, number>;
  readonly report: Report;
  readonly isNamespaced: (apiVersion: string, kind: string) => boolean;
}

/** A resolved System as Kubernetes objects: one expander for each kind, in the order in which a reader expects them. */
export function expandSystem({ system, waves, report, isNamespaced }: ExpansionRequest): DesiredObject[] {
  const components = new Map(system.components.map((component) => [component.key, component]));
  const chosen =
    waves === undefined
      ? waveDepths([...components.keys()], system.dependencies)
      : chooseWaves(waves, [...components.keys()], system.dependencies);
  const usedSecrets = new Set<string>();
  const configUsers = new Map<string, Set<string>>();
  const groupUsers = new Map<string, Set<string>>();
  const edges = sortEdges(system.dependencies, components);
  const expansion: Expansion = {
    system,
    components,
    waves: chosen,
    lastWave: Math.max(0, ...chosen.values()) + 1,
    report,
    outgoing: (key) => edges.filter((edge) => edge.from === key),
    incoming: (key) => edges.filter((edge) => edge.to === key),
    useSecret: (secret) => usedSecrets.add(secret),
    useConfig: (config, component) => configUsers.set(config, (configUsers.get(config) ?? new Set()).add(component)),
    useGroup: (group, component) => groupUsers.set(group, (groupUsers.get(group) ?? new Set()).add(component)),
  };
  const outside = system.components.flatMap((component) => externalService(component, expansion));
  const on = system.components.filter((component) => component.state === 'on');
  const perComponent = on.flatMap((component) => {
    if (component.spec.value.createdBy !== undefined)
      return [...createdPods(component, expansion), ...networkPolicy(component, expansion)];
    return [
      ...permissionObjects(component, expansion),
      ...workload(component, expansion),
      ...services(component, expansion),
      ...ingressObjects(component, expansion),
      ...horizontalPodAutoscaler(component, expansion),
      ...podDisruptionBudget(component, expansion),
      ...networkPolicy(component, expansion),
      ...serviceMonitor(component, expansion),
    ];
  });
  const usersOf = (users: ReadonlySet<string>) => [...users].map((key) => components.get(key) as ResolvedComponent);
  return [
    ...namespaceObjects(expansion),
    systemServiceAccount(expansion),
    ...[...groupUsers].map(([group, users]) => groupConfigMap(group, usersOf(users), expansion)),
    ...[...configUsers].flatMap(([key, users]) => {
      const config = system.configs.get(key);
      return config === undefined ? [] : [configMap(config, usersOf(users), expansion)];
    }),
    ...shareIngresses(perComponent),
    ...outside,
    ...customObjects(expansion, isNamespaced),
    ...(system.environment === undefined
      ? []
      : [...usedSecrets].flatMap((key) => {
          const secret = system.secrets.get(key);
          if (secret === undefined) return [];
          const { externalSecrets } = system.cluster;
          return [
            externalSecrets === undefined
              ? sealedSecret(secret, expansion)
              : externalSecret(key, secret, externalSecrets, expansion),
          ];
        })),
  ];
}

/**
 * Edges of what is always there before those of optional components, so that a rule list only grows at
 * its end when something is switched on.
 */
function sortEdges(edges: readonly Dependency[], components: ReadonlyMap<string, ResolvedComponent>): Dependency[] {
  const order = [...components.keys()];
  const rank = (key: string) =>
    (components.get(key)?.spec.value.optional?.value === true ? order.length : 0) + order.indexOf(key);
  return [...edges].sort((a, b) => rank(a.to) - rank(b.to) || rank(a.from) - rank(b.from));
}
