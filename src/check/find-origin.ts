import type { DesiredObject } from '../model/desired-object.ts';
import type { Origin } from '../model/origin.ts';
import { atPath, lastOrigin } from '../model/tracked.ts';

export type SpecOrigin = Extract<Origin, { kind: 'spec' }>;

/** Who wrote the field last, or else the nearest one around it that somebody wrote. */
export function originAt(object: DesiredObject, path: readonly (string | number)[]): SpecOrigin | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = atPath(object.tree, path.slice(0, length));
    const origin = node === undefined ? undefined : lastOrigin(node);
    if (origin?.kind === 'spec') return origin;
  }
  return undefined;
}

export function asSpec(origin: Origin): SpecOrigin | undefined {
  return origin.kind === 'spec' ? origin : undefined;
}
