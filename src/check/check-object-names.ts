import { type DesiredObject, objectId } from '../model/desired-object.ts';
import { placeOf } from '../model/origin.ts';
import { asMap } from '../model/pod-specs.ts';
import type { Place } from '../model/source-file.ts';
import { atPath } from '../model/tracked.ts';
import { isCalledAfterLongLabel } from './check-label-values.ts';
import type { Rule } from './rule.ts';

const validName = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** Pods of a StatefulSet bear its name with a hash in a label, those of a Job its name; a CronJob's Jobs get 11 characters more. */
const longestNames: Readonly<Record<string, number>> = { Service: 63, StatefulSet: 52, Job: 63, CronJob: 52 };

/** No two objects of a system share a name, and every name is one that Kubernetes takes. */
export const checkObjectNames: Rule = ({ objects, place }, report) => {
  const seen = new Map<string, (typeof objects)[number]>();
  const told = new Set<string>();
  for (const object of objects) {
    // One that names a namespace of its own meets only what is there.
    const id = `${objectId(object)} ${String(asMap(object.plain.metadata)?.namespace ?? '')}`;
    const first = seen.get(id);
    const at = placeOfName(object) ?? place;
    // Components of one name collide in everything that they have; once is enough.
    const pair = `${first?.component} ${object.component}`;
    if (first !== undefined && (object.component === undefined || !told.has(pair))) {
      told.add(pair);
      const other = placeOfName(first);
      report({
        code: 'object-conflict',
        severity: 'error',
        message: `two objects are called ${object.kind}/${object.name}`,
        place: at,
        ...(other === undefined ? {} : { related: [{ place: other, message: 'the other one comes from here' }] }),
        hint: 'give one of them another `name`',
      });
    }
    seen.set(id, object);
    const longest = longestNames[object.kind] ?? 253;
    if (isCalledAfterLongLabel(object)) continue;
    if (object.name.length > longest || !validName.test(object.name)) {
      if (object.apiVersion.startsWith('rbac.')) continue;
      report({
        code: 'wrong-type',
        severity: 'error',
        message: `${object.kind}/${object.name}: Kubernetes does not take this name${object.name.length > longest ? ` (longer than ${longest} characters)` : ''}`,
        place: at,
        hint: object.component === undefined ? 'give it another name' : 'give the component a shorter `name`',
      });
    }
  }
};

function placeOfName({ tree }: DesiredObject): Place | undefined {
  return placeOf((atPath(tree, ['metadata', 'name']) ?? tree).origin);
}
