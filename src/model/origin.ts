import type { Place } from './source-file.ts';

/** What decided a value. */
export type Origin =
  | {
      readonly kind: 'spec';
      /** Which layer said it: `system`, `profile prod`, `environment prod-eu`, `cluster prod-eu`. */
      readonly layer: string;
      readonly place: Place;
      /** Where the key stands, for diagnostics about the key itself. */
      readonly key?: Place;
      /** Set when the value was computed by an expression at this place. */
      readonly expression?: string;
      /** What the expression was computed from: parameters and fields of components. */
      readonly from?: readonly Origin[];
      /** What this value won over, the strongest first. */
      readonly beat?: readonly Beaten[];
    }
  | {
      /** A convention of the compiler; `because` says which, in a few words. */
      readonly kind: 'convention';
      readonly because: string;
      readonly beat?: readonly Beaten[];
    };

export interface Beaten {
  readonly value: unknown;
  readonly origin: Origin;
}

export function convention(because: string): Origin {
  return { kind: 'convention', because };
}

/** The place to show: a block begins on a line below its key, and the line of the key says what it is. */
export function shownPlace({ place, key }: Extract<Origin, { kind: 'spec' }>): Place {
  const isBelow = key !== undefined && place.file.text.slice(key.end, place.start).includes('\n');
  return isBelow ? key : place;
}

export function placeOf(origin: Origin): Place | undefined {
  return origin.kind === 'spec' ? origin.place : undefined;
}
