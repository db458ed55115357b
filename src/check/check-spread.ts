import { groupOf } from '../model/api-group.ts';
import { asList, podSpecOf, podSpecPath } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import type { Rule } from './rule.ts';

/** How much more pods one place may have than another begins at one: there is no more even than that. */
export const checkSpread: Rule = ({ objects, place }, report) => {
  for (const object of objects) {
    const podSpec = groupOf(object.apiVersion).includes('.') ? undefined : podSpecOf(object.plain);
    for (const [index, { maxSkew }] of asList(podSpec?.topologySpreadConstraints).entries()) {
      if (typeof maxSkew !== 'number' || maxSkew > 0) continue;
      report({
        code: 'wrong-type',
        severity: 'error',
        message: `${object.kind}/${object.name}: \`maxSkew\` must be at least 1, but here is ${maxSkew}`,
        place: originAt(object, [...podSpecPath(object.kind), 'topologySpreadConstraints', index, 'maxSkew'])?.place ?? place,
      });
    }
  }
};
