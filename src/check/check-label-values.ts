import { groupOf } from '../model/api-group.ts';
import { type DesiredObject, objectId, type PlainObject } from '../model/desired-object.ts';
import { asMap, podSpecOf, podSpecPath } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import type { Rule } from './rule.ts';

const longestLabelValue = 63;
const validValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const nameLabel = 'app.kubernetes.io/name';

/** Labels have values that Kubernetes takes: the name of a component is one too, and selectors go by it. */
export const checkLabelValues: Rule = ({ objects, place }, report) => {
  const told = new Set<string>();
  for (const object of objects) {
    for (const path of labelPaths(object)) {
      for (const [key, value] of labelsAt(object, path)) {
        const tooLong = value.length > longestLabelValue;
        // All that a component has bears its labels; once is enough.
        const id = `${object.component ?? objectId(object)} ${key} ${value}`;
        if ((!tooLong && validValue.test(value)) || told.has(id)) continue;
        told.add(id);
        report({
          code: 'wrong-type',
          severity: 'error',
          message: `${object.kind}/${object.name}: Kubernetes does not take ${value === object.name ? 'this name' : `\`${value}\``} as the value of label \`${key}\`${tooLong ? ` (longer than ${longestLabelValue} characters)` : ''}`,
          place: originAt(object, [...path, key])?.place ?? place,
          hint:
            key === nameLabel && object.component !== undefined
              ? 'give the component a shorter `name`: selectors go by this label'
              : `write letters, digits, \`-\`, \`_\` and \`.\`, at most ${longestLabelValue}, with a letter or digit at both ends`,
        });
      }
    }
  }
};

/** Whether an object is called after a component whose name is told as a label already. */
export function isCalledAfterLongLabel({ plain, name }: DesiredObject): boolean {
  const label = asMap(asMap(plain.metadata)?.labels)?.[nameLabel];
  return typeof label === 'string' && label.length > longestLabelValue && name.startsWith(label);
}

/** Labels of its pods are those of a workload of Kubernetes; templates of operators may hold placeholders. */
function labelPaths({ apiVersion, kind, plain }: DesiredObject): string[][] {
  const own = ['metadata', 'labels'];
  if (kind === 'Pod' || groupOf(apiVersion).includes('.') || podSpecOf(plain) === undefined) return [own];
  return [own, [...podSpecPath(kind).slice(0, -1), ...own]];
}

function labelsAt({ plain }: DesiredObject, path: readonly string[]): [string, string][] {
  const labels = path.reduce<PlainObject | undefined>((node, key) => asMap(node?.[key]), plain);
  const entries = Object.entries(labels ?? {});
  return entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}
