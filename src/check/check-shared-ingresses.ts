import { placeOf } from '../model/origin.ts';
import { childOf, type Tracked, untrack } from '../model/tracked.ts';
import { mapOf } from '../resolve/layers.ts';
import type { Rule } from './rule.ts';

/** What several components say of the Ingress that they share is said of one object. */
export const checkSharedIngresses: Rule = ({ system, place }, report) => {
  const said = new Map<string, { component: string; value: Tracked }>();
  for (const component of system.components) {
    const ingress = component.spec.value.ingress as Tracked | undefined;
    if (!component.ingressOn || ingress === undefined) continue;
    const name = String(childOf(ingress, 'name')?.value ?? component.name);
    for (const [word, value] of wordsOf(ingress)) {
      const other = said.get(`${name} ${word}`);
      if (other === undefined) {
        said.set(`${name} ${word}`, { component: component.key, value });
        continue;
      }
      if (untrack(other.value) === untrack(value)) continue;
      const otherPlace = placeOf(other.value.origin);
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `\`${component.key}\` and \`${other.component}\` share the Ingress ${name} and differ in \`${word}\``,
        place: placeOf(value.origin) ?? place,
        ...(otherPlace === undefined ? {} : { related: [{ place: otherPlace, message: `what \`${other.component}\` says` }] }),
        hint: 'say the same, or give one of them an Ingress of another `name`',
      });
    }
  }
};

function wordsOf(ingress: Tracked): [string, Tracked][] {
  const [className, issuer] = [childOf(ingress, 'className'), childOf(childOf(ingress, 'tls'), 'issuer')];
  return [
    ...(className === undefined ? [] : [['className', className] as [string, Tracked]]),
    ...(issuer === undefined ? [] : [['tls.issuer', issuer] as [string, Tracked]]),
    ...Object.entries(mapOf(childOf(ingress, 'annotations'))).map(([key, value]): [string, Tracked] => [
      `annotations.${key}`,
      value,
    ]),
  ];
}
