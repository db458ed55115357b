import { type DesiredObject, objectId } from '../model/desired-object.ts';
import { placeOf } from '../model/origin.ts';
import { asMap } from '../model/pod-specs.ts';
import type { Place } from '../model/source-file.ts';
import { atPath } from '../model/tracked.ts';
import { satisfies } from './check-kubernetes-version.ts';
import { isCalledAfterLongLabel } from './check-label-values.ts';
import type { Rule } from './rule.ts';

const validName = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** Pods of a StatefulSet bear its name with a hash in a label, those of a Job its name; a CronJob's Jobs get 11 characters more. */
const longestNames: Readonly<Record<string, number>> = { Service: 63, StatefulSet: 52, Job: 63, CronJob: 52 };

/** No two objects of a system share a name, and every name is one that Kubernetes takes. */
export const checkObjectNames: Rule = ({ objects, cluster, place }, report) => {
  const kubernetes = cluster.document.value.spec.value.kubernetes.value;
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
    const reason = isCalledAfterLongLabel(object) ? undefined : reasonAgainst(object, kubernetes);
    // What is called after the same is refused for the same.
    const refusal = `${at.file.path} ${at.start} ${reason}`;
    if (reason === undefined || object.apiVersion.startsWith('rbac.') || told.has(refusal)) continue;
    told.add(refusal);
    report({
      code: 'wrong-type',
      severity: 'error',
      message: `${object.kind}/${object.name}: Kubernetes does not take this name${reason}`,
      place: at,
      hint: object.component === undefined ? 'give it another name' : hintFor(object),
    });
  }
};

function reasonAgainst({ kind, name }: DesiredObject, kubernetes: string): string | undefined {
  const longest = longestNames[kind] ?? 253;
  if (name.length > longest) return ` (longer than ${longest} characters)`;
  if (!validName.test(name)) return '';
  if (kind !== 'Service') return undefined;
  if (name.includes('.')) return ': that of a Service has no dots';
  const begins = /^[a-z]/.test(name) || satisfies(kubernetes, '>=1.36');
  return begins ? undefined : ': before 1.36, that of a Service begins with a letter';
}

function hintFor({ kind, name }: DesiredObject): string {
  const longest = longestNames[kind] ?? 253;
  if (name.length > longest) return 'give the component a shorter `name`';
  return kind === 'Service' ? 'give the component or its Service another `name`' : 'give the component another `name`';
}

function placeOfName({ tree }: DesiredObject): Place | undefined {
  return placeOf((atPath(tree, ['metadata', 'name']) ?? tree).origin);
}
