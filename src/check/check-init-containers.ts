import { originAt } from './find-origin.ts';
import { ownContainers } from './own-pods.ts';
import type { Rule } from './rule.ts';

const ofThoseThatGoOn: Readonly<Record<string, string>> = {
  livenessProbe: 'a liveness probe',
  readinessProbe: 'a readiness probe',
  startupProbe: 'a startup probe',
  lifecycle: '`lifecycle`',
};

/** What runs to its end has neither probes nor hooks: Kubernetes refuses a pod that says otherwise. */
export const checkInitContainers: Rule = ({ objects, place }, report) => {
  for (const { object, container, name, path } of ownContainers(objects)) {
    if (path.at(-2) !== 'initContainers' || container.restartPolicy === 'Always') continue;
    for (const [field, noun] of Object.entries(ofThoseThatGoOn)) {
      if (container[field] === undefined) continue;
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `init container \`${name}\` of ${object.kind}/${object.name} has ${noun}, and runs to its end before the others start`,
        place: originAt(object, [...path, field])?.place ?? place,
        hint: 'say `restartPolicy: Always` if it is to go on beside them, or leave that out',
      });
    }
  }
};
