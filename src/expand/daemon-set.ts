import { selectorLabels } from './expansion.ts';
import { podTemplate } from './pod.ts';
import { strategy, type WorkloadBody } from './workload-fields.ts';

export const daemonSetBody: WorkloadBody = (component, volumes, expansion) => {
  const { minReadySeconds, revisionHistoryLimit } = component.spec.value;
  return {
    minReadySeconds,
    revisionHistoryLimit,
    updateStrategy: strategy(component),
    selector: { matchLabels: selectorLabels(component, expansion.system) },
    template: podTemplate(component, volumes, expansion),
  };
};
