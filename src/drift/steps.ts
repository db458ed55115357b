import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';

/** One step down in an object: a key of a map, the element of a list that these fields identify, a value of a set, or a place. */
export type Step =
  | { readonly key: string }
  | { readonly match: Readonly<Record<string, unknown>> }
  | { readonly value: unknown }
  | { readonly index: number };

export type Steps = readonly Step[];

/** Where the steps lead; undefined where they lead nowhere. */
export function valueAt(root: unknown, steps: Steps): unknown {
  return steps.reduce((node, step) => childAt(node, step), root);
}

/** The same way as keys and indices of this very object; undefined where it ends early. */
export function addressOf(root: unknown, steps: Steps): (string | number)[] | undefined {
  const address: (string | number)[] = [];
  let node = root;
  for (const step of steps) {
    const part = 'key' in step ? step.key : indexOf(node, step);
    if (part === -1 || childAt(node, step) === undefined) return undefined;
    address.push(part);
    node = childAt(node, step);
  }
  return address;
}

function childAt(node: unknown, step: Step): unknown {
  if ('key' in step) {
    const map = asMap(node);
    return map !== undefined && Object.hasOwn(map, step.key) ? map[step.key] : undefined;
  }
  return Array.isArray(node) ? node[indexOf(node, step)] : undefined;
}

function indexOf(node: unknown, step: Exclude<Step, { readonly key: string }>): number {
  if (!Array.isArray(node)) return -1;
  if ('index' in step) return step.index;
  if ('value' in step) return node.indexOf(step.value);
  return node.findIndex((element) => matches(asMap(element), step.match));
}

function matches(element: PlainObject | undefined, fields: Readonly<Record<string, unknown>>): boolean {
  // Lists such as ports go by more keys than everybody writes down: what is left out has its usual value.
  return (
    element !== undefined &&
    Object.entries(fields).every(([key, value]) => (element[key] ?? usual[key]) === (value ?? usual[key]))
  );
}

/** What Kubernetes fills in where a key of an element is left out. */
const usual: PlainObject = { protocol: 'TCP' };

/** As `stowage why` takes it: `spec.template.spec.containers[web].image`. */
export function describeSteps(steps: Steps): string {
  return steps.reduce((text, step) => {
    if ('key' in step) {
      if (!simple.test(step.key)) return `${text}["${step.key}"]`;
      return text === '' ? step.key : `${text}.${step.key}`;
    }
    if ('index' in step) return `${text}[${step.index}]`;
    const name = 'value' in step ? String(step.value) : nameOf(step.match);
    return name.includes(']') ? `${text}["${name}"]` : `${text}[${name}]`;
  }, '');
}

const simple = /^[A-Za-z0-9_/$-]+$/;

function nameOf(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .filter(([key, value]) => value !== undefined && value !== usual[key])
    .map(([, value]) => String(value))
    .join('/');
}
