import { supportedMinors } from '../kubernetes/load-schemas.ts';
import { placeOf } from '../model/origin.ts';
import { asSpec } from './find-origin.ts';
import { reportLack } from './report-lack.ts';
import type { Rule } from './rule.ts';

/** The cluster's version against what the System requires and what this compiler knows. */
export const checkKubernetesVersion: Rule = (subject, report) => {
  const { cluster, system, release, place } = subject;
  const actual = cluster.document.value.spec.value.kubernetes;
  if (!supportedMinors.includes(actual.value)) {
    report({
      code: 'kubernetes-version',
      severity: 'error',
      message: `cluster ${cluster.name} runs Kubernetes ${actual.value}, which this compiler does not know`,
      place: placeOf(actual.origin) ?? place,
      hint: `it knows ${supportedMinors[0]} to ${supportedMinors.at(-1)}`,
    });
  }
  const required = release.document.value.spec.value.requires?.value.kubernetes;
  if (required === undefined || satisfies(actual.value, required.value)) return;
  reportLack(
    {
      code: 'kubernetes-version',
      asks: `${system.name} requires Kubernetes ${required.value}`,
      origin: asSpec(required.origin),
      lacks: `runs ${actual.value}`,
      fact: ['kubernetes'],
      hint: `run a release of ${system.name} there that takes ${actual.value}, or run ${system.name} on another cluster`,
    },
    subject,
    report,
  );
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
