import type { PodSecurityNeed, SystemFacts } from '../model/system-facts.ts';
import { baselineViolations } from './baseline-violations.ts';
import { enforcedLevels, namespaceIn } from './enforced-levels.ts';
import { restrictedViolations } from './restricted-violations.ts';
import type { Subject } from './rule.ts';
import { securedPod } from './secured-pods.ts';

/** For systems that share a namespace: the Pod Security level that it enforces, and what its pods need. */
export function admissionOf(subject: Subject): Pick<SystemFacts, 'enforces' | 'needs'> {
  const levels = enforcedLevels(subject);
  const own = subject.system.namespace.name;
  if (!levels.has(own)) return { needs: needOf(subject) };
  const level = levels.get(own);
  return typeof level === 'string' ? { enforces: level } : {};
}

function needOf(subject: Subject): PodSecurityNeed | undefined {
  const needs = [...rendered(subject), ...createdLater(subject)];
  return needs.find(({ level }) => level === 'privileged') ?? needs[0];
}

function rendered(subject: Subject): PodSecurityNeed[] {
  return subject.objects.flatMap((object): PodSecurityNeed[] => {
    if (namespaceIn(subject, object) !== subject.system.namespace.name) return [];
    const pod = securedPod(object, subject);
    if (pod === undefined) return [];
    const since = (what: string) => `${object.kind}/${object.name}: ${what}`;
    const [tooMuch] = baselineViolations(pod);
    if (tooMuch !== undefined) return [{ level: 'privileged', since: since(tooMuch.what) }];
    return restrictedViolations(pod)
      .slice(0, 1)
      .map(({ what }) => ({ level: 'baseline', since: since(what) }));
  });
}

/** Of pods that a program creates only the System knows what they need. */
function createdLater({ system }: Subject): PodSecurityNeed[] {
  return system.components.flatMap(({ key, state, spec }) => {
    const level = spec.value.podSecurity?.value ?? 'restricted';
    if (state !== 'on' || spec.value.createdBy === undefined || level === 'restricted') return [];
    return [{ level, since: `component \`${key}\` says \`podSecurity: ${level}\`` }];
  });
}
