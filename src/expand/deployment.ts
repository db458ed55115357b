import { selectorLabels } from './expansion.ts';
import { podTemplate } from './pod.ts';
import { replicas, strategy, type WorkloadBody } from './workload-fields.ts';

export const deploymentBody: WorkloadBody = (component, volumes, expansion) => {
  const { minReadySeconds, revisionHistoryLimit } = component.spec.value;
  return {
    replicas: replicas(component),
    minReadySeconds,
    revisionHistoryLimit,
    strategy: strategy(component),
    selector: { matchLabels: selectorLabels(component, expansion.system) },
    template: podTemplate(component, volumes, expansion),
  };
};
