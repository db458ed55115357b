import type { PromotionException } from '../language/promotion.ts';
import type { Stretch } from './stretches.ts';
import { steadyTimes } from './zone-clock.ts';

const day = 86_400_000;

/**
 * When it lasts. A time that clocks skip is the moment in which they do; of one that they show twice, an exception
 * begins with the first and ends with the second. A day is all that has its date, be it 23 hours or 25.
 */
export function exceptionStretch({ from, until, timeZone = 'UTC' }: PromotionException): Stretch {
  const momentsOfUntil = isDay(until) ? momentsAt(timeZone, wallOf(until) + day) : momentsAt(timeZone, wallOf(until));
  return {
    from: momentsAt(timeZone, wallOf(from)).first,
    until: isDay(until) ? momentsOfUntil.first : momentsOfUntil.last,
  };
}

function isDay(text: string): boolean {
  return text.length === 10;
}

function wallOf(text: string): number {
  return Date.parse(`${text}${isDay(text) ? 'T00:00' : ''}Z`);
}

/** The first and the last moment at which the wall says so. */
function momentsAt(zone: string, wall: number): { readonly first: number; readonly last: number } {
  // No clock is further from UTC than this.
  const steady = steadyTimes(zone, wall - day, wall + day);
  const moments = steady
    .filter(({ from, until, offset }) => wall - offset >= from && wall - offset < until)
    .map(({ offset }) => wall - offset);
  const skipped = steady.find(({ from, offset }) => from + offset > wall)?.from ?? wall;
  return { first: moments[0] ?? skipped, last: moments.at(-1) ?? skipped };
}
