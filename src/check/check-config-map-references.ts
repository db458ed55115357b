import { configMapReferences, renamedByKustomize } from '../model/config-map-references.ts';
import { originAt } from './find-origin.ts';
import type { Rule } from './rule.ts';

/** A name that gets a hash is found only by kinds whose references kustomize knows. */
export const checkConfigMapReferences: Rule = ({ objects, place }, report) => {
  const hashed = new Set(objects.filter((object) => object.hashed).map(({ name }) => name));
  for (const object of objects) {
    if (renamedByKustomize(object)) continue;
    const named = configMapReferences(object.plain).find(({ name }) => hashed.has(String(name)));
    if (named === undefined) continue;
    report({
      code: 'unknown-reference',
      severity: 'error',
      message: `${object.kind}/${object.name} names ConfigMap/${String(named.name)}, whose name ends with a hash of what it holds; kustomize does not know references of this kind and would leave it without`,
      place: originAt(object, ['spec'])?.place ?? place,
      hint: 'describe a ConfigMap of its own under `objects`, where names stay as they are',
    });
  }
};
