import { convention } from '../model/origin.ts';
import { podTemplate } from './pod.ts';
import type { WorkloadBody } from './workload-fields.ts';

/**
 * No ttlSecondsAfterFinished: a finished Job that removes itself looks missing to Argo CD, which would run
 * it again and again.
 */
export const jobBody: WorkloadBody = (component, volumes, expansion) => {
  const { backoffLimit, completions, parallelism, activeDeadlineSeconds, restartPolicy } = component.spec.value;
  const policy = restartPolicy ?? { value: 'OnFailure', origin: convention('a Job tries again in place') };
  return {
    backoffLimit,
    completions,
    parallelism,
    activeDeadlineSeconds,
    template: podTemplate(component, volumes, expansion, policy),
  };
};
