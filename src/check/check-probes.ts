import { asMap } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import { ownContainers } from './own-pods.ts';
import type { Rule } from './rule.ts';

/** Fields that only some kinds of probe take: Kubernetes refuses a pod with them elsewhere. */
export const checkProbes: Rule = ({ objects, place }, report) => {
  for (const { object, container, name, path } of ownContainers(objects)) {
    for (const kind of ['liveness', 'readiness', 'startup']) {
      const probe = asMap(container[`${kind}Probe`]);
      const tell = (field: string, problem: string, hint: string) =>
        report({
          code: 'incomplete-component',
          severity: 'error',
          message: `the ${kind} probe of container \`${name}\` of ${object.kind}/${object.name} ${problem}`,
          place: originAt(object, [...path, `${kind}Probe`, field])?.place ?? place,
          hint,
        });
      if (kind !== 'readiness' && Number(probe?.successThreshold ?? 1) > 1)
        tell(
          'successThreshold',
          `asks for ${String(probe?.successThreshold)} successes in a row, and only a readiness probe may ask for more than one`,
          'leave `successThreshold` out',
        );
      if (kind === 'readiness' && probe?.terminationGracePeriodSeconds !== undefined)
        tell(
          'terminationGracePeriodSeconds',
          'has `terminationGracePeriodSeconds`, and never ends a container',
          'say it of the liveness or startup probe, or leave it out',
        );
    }
  }
};
