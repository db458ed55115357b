import { selectorLabels } from './expansion.ts';
import { podTemplate } from './pod.ts';
import { replicas, strategy, type WorkloadBody } from './workload-fields.ts';

export const statefulSetBody: WorkloadBody = (component, volumes, expansion) => {
  const { minReadySeconds, revisionHistoryLimit, podManagementPolicy } = component.spec.value;
  return {
    serviceName: component.peersName ?? component.serviceName ?? component.name,
    replicas: replicas(component),
    podManagementPolicy,
    minReadySeconds,
    revisionHistoryLimit,
    updateStrategy: strategy(component),
    selector: { matchLabels: selectorLabels(component, expansion.system) },
    template: podTemplate(component, volumes, expansion),
    volumeClaimTemplates: volumes.claimTemplates.length > 0 ? volumes.claimTemplates : undefined,
  };
};
