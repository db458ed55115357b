const units = [
  { name: 'day', length: 86_400_000 },
  { name: 'hour', length: 3_600_000 },
  { name: 'minute', length: 60_000 },
] as const;

/** How long something has been so: `3 days`. */
export function ageText(since: string, at: string): string {
  const age = Date.parse(at) - Date.parse(since);
  const unit = units.find(({ length }) => age >= length);
  if (unit === undefined) return 'less than a minute';
  const count = Math.floor(age / unit.length);
  return `${count.toLocaleString('en')} ${unit.name}${count === 1 ? '' : 's'}`;
}
