import type { Component } from '../language/component.ts';
import { placeOf } from '../model/origin.ts';
import { atPath, childOf, itemsOf, lastOrigin, type Tracked } from '../model/tracked.ts';
import { mapOf } from '../resolve/layers.ts';
import type { Rule } from './rule.ts';

/** Autoscalers that can work. */
export const checkScaling: Rule = ({ system, place }, report) => {
  for (const component of system.components) {
    const { autoscale } = component.spec.value;
    if (component.state !== 'on' || autoscale === undefined) continue;
    const { min, max, cpu, memory, metrics } = autoscale.value;
    if (cpu === undefined && memory === undefined && itemsOf(metrics as Tracked<unknown[]> | undefined).length === 0) {
      report({
        code: 'autoscale-conflict',
        severity: 'error',
        message: `the autoscaler of \`${component.key}\` names nothing to scale by`,
        place: placeOf(lastOrigin(autoscale as Tracked)) ?? place,
        hint: 'say `cpu: …` or `memory: …`, in percent of the request, or `metrics: […]`; Kubernetes would take 80% of the CPU',
      });
    }
    if (min !== undefined && max !== undefined && min.value > max.value) {
      report({
        code: 'autoscale-conflict',
        severity: 'error',
        message: `the autoscaler of \`${component.key}\` has min ${min.value} above max ${max.value}`,
        place: placeOf(min.origin) ?? place,
      });
    }
    for (const resource of ['cpu', 'memory'] as const) {
      const target = autoscale.value[resource];
      if (target === undefined) continue;
      for (const { beside, container } of runningContainers(component.spec)) {
        if (['requests', 'limits'].some((kind) => atPath(container, ['resources', kind, resource]) !== undefined)) continue;
        report({
          code: 'autoscale-conflict',
          severity: 'error',
          message: `the autoscaler of \`${component.key}\` aims at ${target.value}% of the ${resource} request, and ${beside === undefined ? 'there is none' : `its ${beside} has none`}`,
          place: placeOf(target.origin) ?? place,
          hint: `say \`resources: {requests: {${resource}: …}}\`${beside === undefined ? '' : ' there: Kubernetes scales by the sum, and not at all where one is missing'}`,
        });
      }
    }
  }
};

interface RunningContainer {
  /** What it is, of those beside the main one. */
  readonly beside?: string;
  readonly container: Tracked;
}

/** The containers that go on as long as the pod: what they use is held against what all of them request. */
function runningContainers(spec: Tracked<Component>): RunningContainer[] {
  const written = (word: 'sidecars' | 'initContainers') => Object.entries(mapOf(spec.value[word] as Tracked | undefined));
  return [
    { container: spec as Tracked },
    ...written('sidecars').map(([name, container]) => ({ beside: `sidecar \`${name}\``, container })),
    ...written('initContainers')
      .filter(([, container]) => childOf(container, 'restartPolicy')?.value === 'Always')
      .map(([name, container]) => ({ beside: `init container \`${name}\``, container })),
  ];
}
