import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import type { Mismatch } from './compare-object.ts';
import { type Ownership, ownershipsOf, stepOf } from './managed-fields.ts';
import { handOf } from './managers.ts';
import { addressOf, describeSteps, type Step, type Steps, valueAt } from './steps.ts';
import { isUsualDefault, saysMore } from './usual-defaults.ts';

/** A field of a live object that its declaration does not have, and that somebody answers for. */
export interface UndeclaredField {
  readonly steps: Steps;
  readonly what: 'added' | 'leftover';
  readonly ownership: Ownership;
}

/**
 * Fields beyond the declared that a person or an unknown program wrote, or that were declared once. What Kubernetes
 * fills in by itself is owned by nobody; what programs such as autoscalers write is their business.
 */
export function undeclaredFields(declared: PlainObject, live: PlainObject): UndeclaredField[] {
  return ownershipsOf(live).flatMap((ownership) => {
    const { owner } = ownership;
    if (owner.subresource === 'status') return [];
    const hand = handOf(owner);
    if (hand === 'program' || (hand === 'deployer' && owner.operation !== 'Apply')) return [];
    // Replicas that nobody declares are whoever's who scales.
    if (owner.subresource === 'scale' && hand !== 'person') return [];
    const found: Steps[] = [];
    descend(ownership.fields, declared, live, [], found);
    return found
      .filter((steps) => (isMark(steps) ? hand !== 'other' && !isAmbient(steps) : !isDefault(steps, live)))
      .map((steps) => ({ steps, what: hand === 'deployer' ? 'leftover' : 'added', ownership }) as const);
  });
}

/**
 * Values that go as one, such as selectors and the rules of a policy, and that say more than is declared. Kubernetes
 * adds nothing but a few defaults to them: whether there is more to it, a dry run has to judge.
 */
export function enlargedValues(declared: PlainObject, live: PlainObject): Mismatch[] {
  const found = new Map<string, Mismatch>();
  for (const { fields, owner } of ownershipsOf(live)) {
    if (owner.subresource === 'status') continue;
    const whole: Steps[] = [];
    leaves(fields, declared, [], whole);
    for (const steps of whole) {
      const [meant, there] = [valueAt(declared, steps), valueAt(live, steps)];
      const address = addressOf(declared, steps);
      if (address !== undefined && saysMore(meant, there))
        found.set(describeSteps(steps), { steps, address, declared: meant, live: there });
    }
  }
  return [...found.values()];
}

/** Declared maps and lists that a manager owns without telling their parts apart. */
function leaves(fields: PlainObject, declared: unknown, steps: Steps, found: Steps[]): void {
  for (const [name, child] of Object.entries(fields)) {
    const step = stepOf(name);
    const below = asMap(child);
    if (step === undefined || below === undefined || isBeside([...steps, step])) continue;
    const meant = valueAt(declared, [step]);
    if (typeof meant !== 'object' || meant === null) continue;
    if (Object.keys(below).length > 0) leaves(below, meant, [...steps, step], found);
    else found.push([...steps, step]);
  }
}

function isDefault(steps: Steps, live: PlainObject): boolean {
  const last = steps.at(-1);
  return last !== undefined && 'key' in last && isUsualDefault(last.key, valueAt(live, steps));
}

function descend(fields: PlainObject, declared: unknown, live: PlainObject, steps: Steps, found: Steps[]): void {
  for (const [name, child] of Object.entries(fields)) {
    const step = stepOf(name);
    const below = asMap(child);
    if (step === undefined || below === undefined) continue;
    const way = [...steps, step];
    if (isBeside(way)) continue;
    const meant = valueAt(declared, [step]);
    if (meant !== undefined && meant !== null) descend(below, meant, live, way, found);
    else if (isMapOfMarks(step)) descend(below, {}, live, way, found);
    else if (valueAt(live, way) !== undefined) found.push(way);
  }
}

/** Each label and annotation is a matter of its own, also where nothing declares any. */
function isMapOfMarks(step: Step): boolean {
  return 'key' in step && (step.key === 'labels' || step.key === 'annotations');
}

function isMark(steps: Steps): boolean {
  const above = steps.at(-2);
  return above !== undefined && isMapOfMarks(above);
}

/** What an object says about its own life. */
function isBeside(steps: Steps): boolean {
  const [first, second] = steps.map((step) => ('key' in step ? step.key : ''));
  if (first === 'status' || first === 'operation') return true;
  return first === 'metadata' && second !== undefined && steps.length > 1 && second !== 'labels' && second !== 'annotations';
}

/** Written in passing: how the object is kept track of, copies of it, and the time at which somebody restarted its pods. */
const ambient =
  /^(kubectl\.kubernetes\.io\/(last-applied-configuration|restartedAt)|argocd\.argoproj\.io\/(tracking-id|refresh|hydrate|installation-id|deletion-approved)|deployment\.kubernetes\.io\/.*|kubernetes\.io\/metadata\.name|app\.kubernetes\.io\/instance|autoscaling\.alpha\.kubernetes\.io\/.*|pv\.kubernetes\.io\/.*|volume\.(beta\.)?kubernetes\.io\/.*|([a-z.]*\.)?cattle\.io\/.*)$/;

function isAmbient(steps: Steps): boolean {
  const last = steps.at(-1);
  return isMark(steps) && last !== undefined && 'key' in last && ambient.test(last.key);
}
