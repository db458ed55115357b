import type { DesiredObject } from '../model/desired-object.ts';

/** Whether the System has an object of that kind and name itself, so that the cluster need not. */
export function bringsAlong(objects: readonly DesiredObject[], kind: string, name: string): boolean {
  return objects.some((object) => object.kind === kind && object.name === name);
}
