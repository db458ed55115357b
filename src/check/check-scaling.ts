import { placeOf } from '../model/origin.ts';
import { atPath, type Tracked } from '../model/tracked.ts';
import type { Rule } from './rule.ts';

/** Autoscalers that can work, and disruption budgets that let nodes be drained. */
export const checkScaling: Rule = ({ system, place }, report) => {
  for (const component of system.components) {
    if (component.state !== 'on') continue;
    const { autoscale, disruptionBudget, replicas } = component.spec.value;
    if (autoscale !== undefined) {
      const { min, max } = autoscale.value;
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
    const lowest = autoscale?.value.min?.value ?? replicas?.value ?? 1;
    const minAvailable = disruptionBudget?.value.minAvailable;
    const maxUnavailable = disruptionBudget?.value.maxUnavailable;
    const blocked =
      (typeof minAvailable?.value === 'number' && minAvailable.value >= lowest) ||
      minAvailable?.value === '100%' ||
      maxUnavailable?.value === 0 ||
      maxUnavailable?.value === '0%';
    if (blocked && disruptionBudget !== undefined) {
      report({
        code: 'blocked-disruption',
        severity: 'error',
        message: `the disruption budget of \`${component.key}\` lets none of its ${lowest} ${lowest === 1 ? 'pod' : 'pods'} go, so no node with one can be drained`,
        place: placeOf((minAvailable ?? maxUnavailable ?? disruptionBudget).origin) ?? place,
        hint: 'say `maxUnavailable: 1`, or run more replicas',
      });
    }
  }
};
