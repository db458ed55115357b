const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;

/** `1d12h` as milliseconds; not-a-number where the text is no duration, which no time is ever as long as. */
export function durationToMilliseconds(text: string): number {
  if (!/^(\d+[dhm])+$/.test(text)) return Number.NaN;
  return [...text.matchAll(/(\d+)([dhm])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as 'd'], 0);
}

/** As people say it, rounded down: `1d12h`, `2h5m`, `12m`, `45s`. */
export function durationInWords(milliseconds: number): string {
  let rest = Math.max(0, milliseconds);
  const parts = Object.entries(units).map(([unit, length]) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return { unit, count };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first === -1) return '0s';
  // Who hears of hours does not care for seconds.
  return parts
    .slice(first, first + 2)
    .filter(({ count, unit }) => count > 0 && (unit !== 's' || first === 3))
    .map(({ unit, count }) => `${count}${unit}`)
    .join('');
}
