import type { DesiredObject } from '../model/desired-object.ts';
import { itemsOf, type Tracked, trackAll } from '../model/tracked.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { desiredObject, type Expansion, waveAnnotation } from './expansion.ts';
import { workloadKind } from './workload-fields.ts';

export function horizontalPodAutoscaler(component: ResolvedComponent, expansion: Expansion): DesiredObject[] {
  const { autoscale } = component.spec.value;
  if (autoscale === undefined) return [];
  const { min, max, cpu, memory, metrics, behavior } = autoscale.value;
  // A rule tells of one without; in the base it may be an environment's to say.
  if (max === undefined && expansion.system.environment !== undefined) return [];
  const utilization = (name: string, target: Tracked<number> | undefined) =>
    target === undefined
      ? []
      : [
          trackAll(
            { type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization: target } } },
            target.origin,
          ),
        ];
  return [
    desiredObject(
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        name: component.name,
        component,
        topic: component.key,
        annotations: waveAnnotation(expansion.lastWave),
      },
      {
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: workloadKind(component), name: component.name },
          minReplicas: min,
          maxReplicas: max,
          metrics: [
            ...utilization('cpu', cpu),
            ...utilization('memory', memory),
            ...itemsOf(metrics as Tracked<unknown[]> | undefined),
          ],
          behavior,
        },
      },
      expansion.system,
      autoscale.origin,
    ),
  ];
}
