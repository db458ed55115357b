import { supportedMinors } from '../kubernetes/load-schemas.ts';
import { placeOf } from '../model/origin.ts';
import type { Rule } from './rule.ts';

/** The cluster's version against what the System requires and what this compiler knows. */
export const checkKubernetesVersion: Rule = ({ system, release, place }, report) => {
  const actual = system.cluster.kubernetes;
  if (actual === undefined) return;
  if (!supportedMinors.includes(actual)) {
    report({
      code: 'kubernetes-version',
      severity: 'error',
      message: `cluster ${String(system.cluster.name)} runs Kubernetes ${actual}, which this compiler does not know`,
      place,
      hint: `it knows ${supportedMinors[0]} to ${supportedMinors.at(-1)}`,
    });
  }
  const required = release.document.value.spec.value.requires?.value.kubernetes;
  if (required === undefined || satisfies(actual, required.value)) return;
  const declared = placeOf(required.origin);
  report({
    code: 'kubernetes-version',
    severity: 'error',
    message: `${system.name} requires Kubernetes ${required.value}, and cluster ${String(system.cluster.name)} runs ${actual}`,
    place,
    ...(declared === undefined ? {} : { related: [{ place: declared, message: 'required here' }] }),
  });
};

export function satisfies(actual: string, range: string): boolean {
  const order = compareMinors(actual);
  return [...range.matchAll(/(>=|>|<=|<|=)?\s*(\d+\.\d+)/g)].every(([, operator = '=', version = '']) => {
    const difference = order(version);
    if (operator === '>=') return difference >= 0;
    if (operator === '>') return difference > 0;
    if (operator === '<=') return difference <= 0;
    if (operator === '<') return difference < 0;
    return difference === 0;
  });
}

function compareMinors(actual: string): (other: string) => number {
  const number = (version: string) => version.split('.').reduce((sum, part) => sum * 1_000 + Number(part), 0);
  return (other) => number(actual) - number(other);
}
