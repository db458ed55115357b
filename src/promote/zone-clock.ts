/** What the clocks of a time zone show, as if it were UTC; in milliseconds. */
export function wallTime(zone: string, moment: number): number {
  const whole = Math.floor(moment / 1000) * 1000;
  const part = Object.fromEntries(
    clock(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Parts;
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) + (moment - whole);
}

type Parts = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one costs more than all that is asked of it. */
function clock(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone) ?? newClock(zone);
  clocks.set(zone, known);
  return known;
}

function newClock(timeZone: string): Intl.DateTimeFormat {
  const [year, digits] = ['numeric', '2-digit'] as const;
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year,
    month: digits,
    day: digits,
    hour: digits,
    minute: digits,
    second: digits,
  });
}

/** A time in which the clocks of a zone are not changed, and how far they are ahead of UTC in it. */
export interface SteadyTime {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

/** Clocks are not changed to and fro within less. */
const week = 7 * 86_400_000;

/** One after the other, from a moment to another. */
export function steadyTimes(zone: string, from: number, until: number): SteadyTime[] {
  const offsetAt = (moment: number) => wallTime(zone, moment) - moment;
  const times: SteadyTime[] = [];
  let start = from;
  let offset = offsetAt(from);
  for (let known = from; known < until; ) {
    const next = Math.min(known + week, until);
    if (offsetAt(next) !== offset) {
      const change = firstMoment(known, next, (moment) => offsetAt(moment) !== offset);
      times.push({ from: start, until: change, offset });
      [start, offset] = [change, offsetAt(change)];
    }
    known = next;
  }
  return [...times, { from: start, until, offset }];
}

/** Between one at which it does not hold and one at which it does. */
function firstMoment(before: number, after: number, holds: (moment: number) => boolean): number {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
