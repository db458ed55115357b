import type { PlainException, PlainRules, PlainWindow } from './arbitrary-rules.ts';

const minute = 60_000;

/** Whether it is open in each of some minutes, found by looking at a clock in each of them. */
export function openMinutes(rules: PlainRules, from: number, count: number): boolean[] {
  const windows = rules.windows.map((window) => minutesOf(window, from, count));
  const exceptions = rules.exceptions.map((exception) => ({ ...exception, covers: minutesOfException(exception, from, count) }));
  const freeze = rules.freeze.map((window) => minutesOf(window, from, count));
  return Array.from({ length: count }, (_, index) => {
    if (freeze.some((covers) => covers[index])) return false;
    const exception = exceptions.filter(({ covers }) => covers[index]).at(-1);
    if (exception !== undefined) return exception.open;
    return windows.length === 0 || windows.some((covers) => covers[index]);
  });
}

/** Follows a clock that is never changed, and looks up there what the real one shows. */
function minutesOf(window: PlainWindow, from: number, count: number): boolean[] {
  const shown = wallClock(window.timeZone, from, count).map((text) => Date.parse(`${text}Z`));
  const covered = new Set<number>();
  let begun = Number.NEGATIVE_INFINITY;
  const last = Math.max(...shown);
  for (let now = Math.min(...shown) - window.lasting * minute; now <= last; now += minute) {
    const date = new Date(now);
    const begins =
      window.minutes.includes(date.getUTCMinutes()) &&
      window.hours.includes(date.getUTCHours()) &&
      window.weekdays.includes(date.getUTCDay());
    if (begins) begun = now;
    if (now < begun + window.lasting * minute) covered.add(now);
  }
  return shown.map((now) => covered.has(now));
}

/** From the first minute that shows it or more, to the last that shows less; a day ends where a later date first shows. */
function minutesOfException({ from, until, timeZone }: PlainException, start: number, count: number): boolean[] {
  const shown = wallClock(timeZone, start, count);
  const first = firstIndex(shown, (text) => text >= from);
  const beyond =
    until.length === 10
      ? firstIndex(shown, (text) => text.slice(0, 10) > until)
      : shown.findLastIndex((text) => text < until) + 1;
  return shown.map((_, index) => index >= first && index < beyond);
}

/** What does not come in these minutes comes after them. */
function firstIndex(shown: readonly string[], holds: (text: string) => boolean): number {
  const index = shown.findIndex(holds);
  return index < 0 ? shown.length : index;
}

const known = new Map<string, string[]>();

function wallClock(timeZone: string, from: number, count: number): string[] {
  const key = `${timeZone} ${from} ${count}`;
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const shown =
    known.get(key) ?? Array.from({ length: count }, (_, index) => clock.format(from + index * minute).replace(' ', 'T'));
  known.set(key, shown);
  return shown;
}
