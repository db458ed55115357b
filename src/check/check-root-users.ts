import { asMap } from '../model/pod-specs.ts';
import { enforcedLevels, namespaceIn } from './enforced-levels.ts';
import { originAt } from './find-origin.ts';
import { ownContainers } from './own-pods.ts';
import type { Rule } from './rule.ts';

/** Who must not run as root has another user: level restricted says so itself, and elsewhere the pod would never start. */
export const checkRootUsers: Rule = (subject, report) => {
  const { objects, place } = subject;
  const levels = enforcedLevels(subject);
  for (const { object, podSpec, container, name, path } of ownContainers(objects)) {
    const [ofPod, own] = [asMap(podSpec.securityContext) ?? {}, asMap(container.securityContext) ?? {}];
    const isRoot = (own.runAsUser ?? ofPod.runAsUser) === 0;
    const mustNot = (own.runAsNonRoot ?? ofPod.runAsNonRoot) === true;
    if (!isRoot || !mustNot || levels.get(namespaceIn(subject, object)) === 'restricted') continue;
    const holder = own.runAsUser === undefined ? path.slice(0, -2) : path;
    const { component } = object;
    report({
      code: 'incomplete-component',
      severity: 'error',
      message: `container \`${name}\` of ${object.kind}/${object.name} runs as user 0 and must not run as root (\`runAsNonRoot: true\`), so that it never starts`,
      place: originAt(object, [...holder, 'securityContext', 'runAsUser'])?.place ?? place,
      hint: `name another user, or ${component === undefined ? 'leave `runAsNonRoot` out' : `say \`podSecurity: baseline\` of component \`${component}\``}`,
    });
  }
};
