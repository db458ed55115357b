import type { DesiredObject } from '../model/desired-object.ts';
import { baselineViolations } from './baseline-violations.ts';
import { enforcedLevels, namespaceIn } from './enforced-levels.ts';
import { originAt } from './find-origin.ts';
import { restrictedViolations } from './restricted-violations.ts';
import type { Rule } from './rule.ts';
import { securedPod, type Violation } from './secured-pods.ts';

/** Pods are such that the Pod Security level of their namespace admits them, where the fleet says that level. */
export const checkPodSecurity: Rule = (subject, report) => {
  const { objects, place } = subject;
  const levels = enforcedLevels(subject);
  for (const object of objects) {
    const level = levels.get(namespaceIn(subject, object));
    if (level !== 'restricted' && level !== 'baseline') continue;
    const pod = securedPod(object, subject);
    if (pod === undefined) continue;
    const tell = (allowed: 'baseline' | 'privileged') => (violation: Violation) =>
      report({
        code: 'pod-security',
        severity: 'error',
        message: `${object.kind}/${object.name}: ${violation.what}, and its namespace, which enforces Pod Security level ${level}, admits no such pod`,
        place: originAt(object, violation.path)?.place ?? place,
        hint: `${violation.remedy}, or ${wayOut(object, allowed)}`,
      });
    const tooMuch = baselineViolations(pod);
    tooMuch.forEach(tell('privileged'));
    if (level === 'restricted') restrictedViolations(pod).filter(isNoneOf(tooMuch)).forEach(tell('baseline'));
  }
};

function isNoneOf(told: readonly Violation[]): (violation: Violation) => boolean {
  const known = new Set(told.map(({ path }) => path.join('/')));
  return ({ path }) => !known.has(path.join('/'));
}

/** Of what is no component only the namespace can say the level. */
function wayOut({ component }: DesiredObject, level: string): string {
  return component === undefined
    ? `give the namespace the label \`pod-security.kubernetes.io/enforce: ${level}\` in the environment`
    : `say \`podSecurity: ${level}\` of component \`${component}\` if it is meant`;
}
