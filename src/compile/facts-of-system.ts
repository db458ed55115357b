import { admissionOf } from '../check/admission.ts';
import { ingressPaths } from '../check/ingress-paths.ts';
import type { Subject } from '../check/rule.ts';
import { writeAmounts } from '../footprint/amounts.ts';
import type { ComponentFootprint } from '../footprint/component-footprints.ts';
import { addFootprints } from '../footprint/footprint.ts';
import type { SystemSettings } from '../language/environment.ts';
import { groupOf } from '../model/api-group.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import { baseFolder, overlayFolder } from '../model/output-paths.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import type { SystemFacts, Workload } from '../model/system-facts.ts';
import { itemsOf, type Tracked, untrack } from '../model/tracked.ts';

/** What others need to know of a system in an environment: Argo CD, and the checks across systems. */
export function factsOfSystem(
  environment: string,
  settings: Tracked<SystemSettings>,
  subject: Subject,
  footprints: readonly ComponentFootprint[],
): SystemFacts {
  const { system: resolved, objects: desired } = subject;
  const namespaceOf = (object: DesiredObject) =>
    asMap(object.plain.metadata)?.namespace ?? (object.namespaced ? resolved.namespace.name : undefined);
  const system = resolved.name;
  const { minimum, maximum } = addFootprints(footprints.map(({ footprint }) => footprint));
  return {
    system,
    namespace: resolved.namespace.name,
    autoscaled: desired.flatMap((object) => (object.kind === 'HorizontalPodAutoscaler' ? autoscaledWorkload(object) : [])),
    // The parts that it takes lie inside the base.
    folders: [overlayFolder(environment, system), baseFolder(system, resolved.release)],
    after: itemsOf(settings.value.after).map((name) => name.value as string),
    freeze: itemsOf(settings.value.freeze).map((freeze) => untrack(freeze)),
    hosts: desired.flatMap((object) => ingressPaths(object).map(({ claim }) => claim)),
    nodePorts: nodePortsOf(desired),
    objects: desired.map((object) => `${object.apiVersion} ${object.kind} ${String(namespaceOf(object) ?? '')}/${object.name}`),
    ...admissionOf(subject),
    requests: { minimum: writeAmounts(minimum.requests), maximum: writeAmounts(maximum.requests) },
  };
}

function autoscaledWorkload(autoscaler: DesiredObject): Workload[] {
  const target = asMap(asMap(autoscaler.plain.spec)?.scaleTargetRef);
  if (target === undefined) return [];
  return [{ group: groupOf(String(target.apiVersion ?? '')), kind: String(target.kind), name: String(target.name) }];
}

function nodePortsOf(desired: readonly DesiredObject[]): string[] {
  return desired.flatMap((object) => {
    if (object.kind !== 'Service') return [];
    return asList(asMap(object.plain.spec)?.ports).flatMap(({ nodePort, protocol }) =>
      nodePort === undefined ? [] : [`${String(nodePort)}/${String(protocol ?? 'TCP')}`],
    );
  });
}
