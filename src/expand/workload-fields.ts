import type { WorkloadKind } from '../language/component.ts';
import { convention } from '../model/origin.ts';
import { type Tracked, trackAll } from '../model/tracked.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import type { Expansion } from './expansion.ts';
import type { PodVolumes } from './volumes.ts';

export type WorkloadBody = (component: ResolvedComponent, volumes: PodVolumes, expansion: Expansion) => Record<string, unknown>;

export function workloadKind(component: ResolvedComponent): WorkloadKind {
  return component.spec.value.workload?.value ?? 'Deployment';
}

/** `strategy: Recreate`, or all the fields of Kubernetes. */
export function strategy(component: ResolvedComponent): unknown {
  const written = component.spec.value.strategy as Tracked | undefined;
  return typeof written?.value === 'string' ? trackAll({ type: written }, written.origin) : written;
}

/** With an autoscaler the number of replicas is not the workload's to say. */
export function replicas(component: ResolvedComponent): unknown {
  const { replicas: written, autoscale } = component.spec.value;
  return autoscale === undefined ? (written ?? { value: 1, origin: convention('one replica unless said otherwise') }) : undefined;
}
