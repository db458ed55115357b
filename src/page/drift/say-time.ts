const day = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
const time = { ...day, hour: '2-digit', minute: '2-digit' } as const;

/** `20 Nov 2026, 05:00 UTC`; what is no time is said as it is written. */
export function sayTime(at: string): string {
  return isTime(at) ? `${new Date(at).toLocaleString('en-GB', time)} UTC` : at;
}

/** `20 Nov 2026`, in UTC. */
export function sayDay(at: string): string {
  return isTime(at) ? new Date(at).toLocaleDateString('en-GB', day) : at;
}

/** `3 days`, between two times; `1 hour` is the least. */
export function sayAge(from: string, to: string): string {
  const hours = Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 3_600_000));
  const [count, noun] = hours < 48 ? [hours, 'hour'] : [Math.round(hours / 24), 'day'];
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function isTime(at: string): boolean {
  return !Number.isNaN(Date.parse(at));
}
