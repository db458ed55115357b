import { asList, podSpecPath } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import { ownPodSpec } from './own-pods.ts';
import type { Rule } from './rule.ts';

/** A pod has a container: a patch may have taken the last one away. */
export const checkContainers: Rule = ({ objects, place }, report) => {
  for (const object of objects) {
    const podSpec = ownPodSpec(object);
    if (podSpec === undefined || !Array.isArray(podSpec.containers) || asList(podSpec.containers).length > 0) continue;
    report({
      code: 'incomplete-component',
      severity: 'error',
      message: `${object.kind}/${object.name} has a pod without containers`,
      place: originAt(object, [...podSpecPath(object.kind), 'containers'])?.place ?? place,
      hint: 'leave one',
    });
  }
};
