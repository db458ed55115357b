// Before anything is timed: every tool must mean the same objects.

import { isDeepStrictEqual } from 'node:util';

function identity({ apiVersion, kind, metadata }) {
  return `${apiVersion} ${kind} ${metadata.namespace}/${metadata.name}`;
}

/** Throws unless both hold the same objects, field by field; order does not count. */
export function assertSameObjects(tool, meant, rendered) {
  const found = new Map(rendered.map((object) => [identity(object), object]));
  if (found.size !== rendered.length || found.size !== meant.length)
    throw new Error(`${tool} renders ${rendered.length} objects where Stowage means ${meant.length}`);
  for (const object of meant) {
    const id = identity(object);
    if (!isDeepStrictEqual(plain(found.get(id)), plain(object))) throw new Error(`${tool} renders another ${id}`);
  }
}

function plain(object) {
  return object === undefined ? undefined : JSON.parse(JSON.stringify(object));
}
