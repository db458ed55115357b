import { didYouMean } from '../diagnostics/suggest.ts';
import { placeOf } from '../model/origin.ts';
import type { Rule } from './rule.ts';

/** Words about a workload or its Service, neither of which there is for pods that are created at run time. */
const meaningless = [
  'workload',
  'ports',
  'service',
  'replicas',
  'autoscale',
  'ingress',
  'disruptionBudget',
  'metrics',
  'probes',
] as const;

/** Pods that another component creates need one that does, and have nothing of a workload. */
export const checkCreatedPods: Rule = ({ system, place }, report) => {
  const known = system.components.map((component) => component.key);
  for (const { key, state, spec } of system.components) {
    const { createdBy } = spec.value;
    if (state !== 'on' || createdBy === undefined) continue;
    const creator = createdBy.value.component;
    if (!known.includes(creator.value)) {
      const hint = didYouMean(creator.value, known);
      report({
        code: 'unknown-component',
        severity: 'error',
        message: `there is no component \`${creator.value}\``,
        place: placeOf(creator.origin) ?? place,
        ...(hint === undefined ? {} : { hint }),
      });
    }
    for (const word of meaningless) {
      const written = spec.value[word];
      if (written === undefined) continue;
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `component \`${key}\` is created by \`${creator.value}\` at run time, and has \`${word}\``,
        place: placeOf(written.origin) ?? place,
        hint: `leave \`${word}\` out: what runs at run time is up to \`${creator.value}\``,
      });
    }
  }
};
