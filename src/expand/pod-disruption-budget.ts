import type { DesiredObject } from '../model/desired-object.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { desiredObject, type Expansion, selectorLabels } from './expansion.ts';

export function podDisruptionBudget(component: ResolvedComponent, expansion: Expansion): DesiredObject[] {
  const budget = component.spec.value.disruptionBudget;
  if (budget === undefined) return [];
  const { minAvailable, maxUnavailable } = budget.value;
  const body = { spec: { minAvailable, maxUnavailable, selector: { matchLabels: selectorLabels(component, expansion.system) } } };
  return [
    desiredObject(
      { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', name: component.name, component, topic: component.key },
      body,
      expansion.system,
      budget.origin,
    ),
  ];
}
