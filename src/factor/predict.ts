import fastJsonPatch from 'fast-json-patch';
import { type DesiredObject, objectId, type PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import type { Base } from './base.ts';

/** What kustomize makes of a base and its parts before an overlay adds anything of its own. */
export function predict(base: Base, parts: ReadonlySet<string>): Map<string, DesiredObject> {
  const predicted = new Map(base.core.map((object) => [objectId(object), object]));
  for (const part of base.parts) {
    if (!parts.has(part.name)) continue;
    for (const object of part.objects) predicted.set(objectId(object), object);
    for (const { target, operations, data } of part.changes) {
      const known = predicted.get(objectId(target));
      if (known === undefined) continue;
      predicted.set(objectId(target), {
        ...known,
        plain: target.hashed ? withData(known.plain, data) : applied(known.plain, operations),
      });
    }
  }
  return predicted;
}

function withData(plain: PlainObject, data: Readonly<Record<string, string>>): PlainObject {
  return { ...plain, data: { ...asMap(plain.data), ...data } };
}

function applied(plain: PlainObject, operations: Parameters<typeof fastJsonPatch.applyPatch>[1]): PlainObject {
  return fastJsonPatch.applyPatch(plain, operations, true, false).newDocument as PlainObject;
}
