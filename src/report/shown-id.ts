import type { DesiredObject } from '../model/desired-object.ts';

/** What an object is called on the page: `Kind/name`, and more only where two APIs or namespaces have one of that name. */
export function shownId(object: DesiredObject, desired: readonly DesiredObject[]): string {
  const id = `${object.kind}/${object.name}`;
  const namesakes = desired.filter(({ kind, name }) => kind === object.kind && name === object.name);
  if (namesakes.length === 1) return id;
  const place = namesakes.indexOf(object);
  return `${id} (${object.apiVersion}${place === 0 ? '' : ` ${place + 1}`})`;
}
