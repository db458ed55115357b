import type { DesiredObject } from '../model/desired-object.ts';
import type { Origin } from '../model/origin.ts';
import { atPath } from '../model/tracked.ts';

export type SpecOrigin = Extract<Origin, { kind: 'spec' }>;

/** Who wrote the field, or else the nearest one around it that somebody wrote. */
export function originAt(object: DesiredObject, path: readonly (string | number)[]): SpecOrigin | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const origin = atPath(object.tree, path.slice(0, length))?.origin;
    if (origin?.kind === 'spec') return origin;
  }
  return undefined;
}

export function asSpec(origin: Origin): SpecOrigin | undefined {
  return origin.kind === 'spec' ? origin : undefined;
}
