const dayLength = 86_400_000;

/** Whether a day such as 2026-12-31 is over; it lasts until its end in UTC. */
export function isOver(day: string, now: Date): boolean {
  return now.getTime() >= Date.parse(`${day}T00:00:00Z`) + dayLength;
}

/** The same day a year on: nobody answers for anything longer than that without looking at it again. */
export function lastDayAhead(now: Date): string {
  const year = new Date(now);
  year.setUTCFullYear(now.getUTCFullYear() + 1);
  return dayOf(year);
}

export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
