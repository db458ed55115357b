import { jobBody } from './job.ts';
import type { WorkloadBody } from './workload-fields.ts';

export const cronJobBody: WorkloadBody = (component, volumes, expansion) => {
  const {
    schedule,
    timeZone,
    concurrencyPolicy,
    suspend,
    startingDeadlineSeconds,
    successfulJobsHistoryLimit,
    failedJobsHistoryLimit,
  } = component.spec.value;
  return {
    schedule,
    timeZone,
    concurrencyPolicy,
    suspend,
    startingDeadlineSeconds,
    successfulJobsHistoryLimit,
    failedJobsHistoryLimit,
    jobTemplate: { spec: jobBody(component, volumes, expansion) },
  };
};
