import { placeOf } from '../model/origin.ts';
import { atPath, itemsOf, lastOrigin, type Tracked } from '../model/tracked.ts';
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
      const request =
        atPath(component.spec as Tracked, ['resources', 'requests', resource]) ??
        atPath(component.spec as Tracked, ['resources', 'limits', resource]);
      if (target === undefined || request !== undefined) continue;
      report({
        code: 'autoscale-conflict',
        severity: 'error',
        message: `the autoscaler of \`${component.key}\` aims at ${target.value}% of the ${resource} request, and there is none`,
        place: placeOf(target.origin) ?? place,
        hint: `say \`resources: {requests: {${resource}: …}}\``,
      });
    }
  }
};
