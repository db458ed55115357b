import type { Component } from '../language/component.ts';
import { placeOf } from '../model/origin.ts';
import type { Tracked } from '../model/tracked.ts';
import { isScaled } from './check-workload-words.ts';
import type { Rule } from './rule.ts';

/** Disruption budgets that let nodes be drained. */
export const checkDisruptionBudgets: Rule = ({ system, place }, report) => {
  for (const component of system.components) {
    const budget = component.spec.value.disruptionBudget;
    // Of what has no scale the disruption controller knows no number, and a rule tells of that.
    if (component.state !== 'on' || budget === undefined || !isScaled(component.spec)) continue;
    const { minAvailable, maxUnavailable } = budget.value;
    const pods = fewestPods(component.spec);
    const keepsAll = minAvailable !== undefined && scaled(minAvailable.value, pods) >= pods;
    const letsNoneGo = maxUnavailable !== undefined && scaled(maxUnavailable.value, pods) === 0;
    // Where there is no pod, none stands in the way.
    if (pods === 0 || !(keepsAll || letsNoneGo)) continue;
    const blocking = keepsAll ? minAvailable : maxUnavailable;
    const rounded = keepsAll && typeof minAvailable.value === 'string' && Number.parseInt(minAvailable.value, 10) < 100;
    report({
      code: 'blocked-disruption',
      severity: 'error',
      message: `the disruption budget of \`${component.key}\` lets none of its ${pods} ${pods === 1 ? 'pod' : 'pods'} go${rounded ? ` (${minAvailable.value} of ${pods} is rounded up to ${pods})` : ''}, so no node with one can be drained`,
      place: placeOf((blocking ?? budget).origin) ?? place,
      hint: 'say `maxUnavailable: 1`, or run more replicas',
    });
  }
};

/** With an autoscaler `replicas` says nothing, and by default it goes down to one. */
function fewestPods({ value: { autoscale, replicas } }: Tracked<Component>): number {
  return (autoscale === undefined ? replicas?.value : autoscale.value.min?.value) ?? 1;
}

/** Kubernetes rounds either bound up. */
function scaled(bound: number | string, pods: number): number {
  return typeof bound === 'number' ? bound : Math.ceil((Number.parseInt(bound, 10) * pods) / 100);
}
