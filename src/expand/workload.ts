import type { WorkloadKind } from '../language/component.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import { convention } from '../model/origin.ts';
import { type Tracked, track } from '../model/tracked.ts';
import { mapOf } from '../resolve/layers.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { cronJobBody } from './cron-job.ts';
import { daemonSetBody } from './daemon-set.ts';
import { deploymentBody } from './deployment.ts';
import { desiredObject, type Expansion, waveAnnotation } from './expansion.ts';
import { jobBody } from './job.ts';
import { statefulSetBody } from './stateful-set.ts';
import { podVolumes } from './volumes.ts';
import { type WorkloadBody, workloadKind } from './workload-fields.ts';

const kinds: Record<WorkloadKind, { apiVersion: string; body: WorkloadBody }> = {
  Deployment: { apiVersion: 'apps/v1', body: deploymentBody },
  StatefulSet: { apiVersion: 'apps/v1', body: statefulSetBody },
  DaemonSet: { apiVersion: 'apps/v1', body: daemonSetBody },
  Job: { apiVersion: 'batch/v1', body: jobBody },
  CronJob: { apiVersion: 'batch/v1', body: cronJobBody },
};

/** The workload of a component with the claims that it mounts. */
export function workload(component: ResolvedComponent, expansion: Expansion): DesiredObject[] {
  const kind = workloadKind(component);
  const { apiVersion, body } = kinds[kind];
  const volumes = podVolumes(component, expansion);
  const annotations = {
    ...waveAnnotation(expansion.waves.get(component.key) ?? 0),
    ...(kind === 'Job' ? replaceOnChange : {}),
    ...mapOf(component.spec.value.annotations as Tracked | undefined),
  };
  const object = desiredObject(
    { apiVersion, kind, name: component.name, component, topic: component.key, annotations },
    { spec: body(component, volumes, expansion) },
    expansion.system,
  );
  return [object, ...volumes.claims];
}

/** A Job's template is immutable: Argo CD makes a changed one anew. Its Application keeps unchanged ones out of the sync. */
const replaceOnChange = {
  'argocd.argoproj.io/sync-options': track<string>(
    'Force=true,Replace=true',
    convention('a changed Job is made anew, since its template is immutable'),
  ),
};
