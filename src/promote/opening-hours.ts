import type { Freeze } from '../language/environment.ts';
import type { PromotionException, PromotionWindow } from '../language/promotion.ts';
import { exceptionStretch } from './exception-stretch.ts';
import { covers, type Stretch, union, without } from './stretches.ts';
import { type CronWindow, windowStretches } from './window-stretches.ts';

export interface OpeningRules {
  readonly windows?: readonly PromotionWindow[] | undefined;
  readonly exceptions?: readonly PromotionException[] | undefined;
  readonly freeze?: readonly Freeze[] | undefined;
}

/** `until` and `next` are undefined where nothing changes for a year. */
export type Opening =
  | { readonly open: true; readonly until: Date | undefined }
  | { readonly open: false; readonly why: string; readonly next: Date | undefined };

const day = 86_400_000;

/** A freeze closes whatever else is said, then the last exception counts, then windows; without any it is open. */
export function openingAt(rules: OpeningRules, at: Date): Opening {
  const now = at.getTime();
  const soon = openStretches(rules, { from: now, until: now + 8 * day });
  // Most change within a week; a year takes longer to look through.
  const [first] = changesIn(soon, now, now + 8 * day) ? soon : openStretches(rules, { from: now, until: now + 366 * day });
  const change = (moment: number | undefined) =>
    moment === undefined || moment >= now + 366 * day ? undefined : new Date(moment);
  return first !== undefined && first.from <= now
    ? { open: true, until: change(first.until) }
    : { open: false, why: whyClosed(rules, now), next: change(first?.from) };
}

function changesIn([first]: readonly Stretch[], from: number, until: number): boolean {
  return first !== undefined && (first.from > from || first.until < until);
}

function openStretches({ windows = [], exceptions = [], freeze = [] }: OpeningRules, time: Stretch): Stretch[] {
  const within = (each: readonly CronWindow[]) => union(...each.map((window) => windowStretches(window, time)));
  const inWindows = windows.length === 0 ? [time] : within(windows);
  const inExceptions = exceptions.reduce((open, exception) => {
    const { from, until } = exceptionStretch(exception);
    const stretch = union([{ from: Math.max(from, time.from), until: Math.min(until, time.until) }]);
    return exception.open ? union(open, stretch) : without(open, stretch);
  }, inWindows);
  return without(inExceptions, within(freeze));
}

function whyClosed({ windows = [], exceptions = [], freeze = [] }: OpeningRules, now: number): string {
  const frozen = freeze.find((window) => covers(windowStretches(window, { from: now, until: now + 1 }), now));
  if (frozen !== undefined) return `it is frozen by ${inWords(frozen)}`;
  const exception = exceptions.findLast((each) => covers([exceptionStretch(each)], now));
  if (exception !== undefined) {
    const { from, until, timeZone = 'UTC', reason } = exception;
    return `it is closed from ${from} until ${until}, ${timeZone}: ${reason}`;
  }
  return `it is outside of ${windows.length === 1 ? 'its window' : 'its windows'}: ${windows.map(inWords).join('; ')}`;
}

function inWords({ schedule, duration, timeZone = 'UTC' }: CronWindow): string {
  return `\`${schedule}\` for ${duration}, ${timeZone}`;
}
