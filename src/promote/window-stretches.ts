import { type CronSchedule, readCronSchedule } from '../language/cron-schedule.ts';
import { durationToMilliseconds } from './duration.ts';
import { type Stretch, union } from './stretches.ts';
import { steadyTimes } from './zone-clock.ts';

/** A window of a stage, and a freeze, which Argo CD has as a sync window. */
export interface CronWindow {
  readonly schedule: string;
  readonly duration: string;
  readonly timeZone?: string | undefined;
}

const day = 86_400_000;
const minute = 60_000;
/** The longest time between two days of any schedule: a 29th of February, where a century leaves one out. */
const farthest = 9 * 366 * day;

/**
 * When it lasts, within a time. As in Argo CD, schedule and duration are both read off the clock on the wall as it
 * goes now: from 22:00 for 8h always ends when the wall says 06:00, after seven hours or nine where clocks change.
 * A window that starts in a skipped hour starts late and still ends when it should; an hour that is repeated
 * is in a window both times.
 */
export function windowStretches(window: CronWindow, { from, until }: Stretch): Stretch[] {
  const schedule = readCronSchedule(window.schedule);
  // Told where the fleet is read.
  if ('problem' in schedule) return [];
  const duration = durationToMilliseconds(window.duration);
  const steady = steadyTimes(window.timeZone ?? 'UTC', from, until);
  return union(
    steady.flatMap((time) => {
      const shown = { from: time.from + time.offset, until: time.until + time.offset };
      return onTheWall(schedule, duration, shown).map((stretch) => ({
        from: Math.max(stretch.from, shown.from) - time.offset,
        until: Math.min(stretch.until, shown.until) - time.offset,
      }));
    }),
  );
}

/** Where the hands of a clock are that nobody changes. */
function onTheWall(schedule: CronSchedule, duration: number, shown: Stretch): Stretch[] {
  const ofDay = union(
    schedule.hours.flatMap((hour) =>
      schedule.minutes.map((at) => ({ from: (hour * 60 + at) * minute, until: (hour * 60 + at) * minute + duration })),
    ),
  );
  const found: Stretch[] = [];
  const first = Math.floor((shown.from - Math.min(duration, farthest)) / day) * day;
  for (let date = first; date < shown.until; date += day)
    if (isDayOf(schedule, new Date(date)))
      for (const stretch of ofDay)
        if (date + stretch.from < shown.until && date + stretch.until > shown.from)
          found.push({ from: date + stretch.from, until: date + stretch.until });
  return union(found);
}

function isDayOf(schedule: CronSchedule, date: Date): boolean {
  if (!schedule.months.includes(date.getUTCMonth() + 1)) return false;
  const ofMonth = schedule.days.includes(date.getUTCDate());
  const ofWeek = schedule.weekdays.includes(date.getUTCDay());
  return schedule.eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
}
