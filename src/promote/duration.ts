const milliseconds = { d: 86_400_000, h: 3_600_000, m: 60_000 } as const;
type Letter = keyof typeof milliseconds;

/** Of `30m`, `2h` or `1d12h`, as the schema takes them. */
export function durationToMilliseconds(text: string): number {
  return [...text.matchAll(/(\d+)([dhm])/g)].reduce(
    (sum, [, count, letter]) => sum + Number(count) * milliseconds[letter as Letter],
    0,
  );
}

/** `1 day 12 hours`; a minute that has begun counts. */
export function durationInWords(duration: number): string {
  const minutes = Math.ceil(duration / milliseconds.m);
  const parts = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ] as const;
  const said = parts.flatMap(([count, word]) => (count === 0 ? [] : `${count} ${word}${count === 1 ? '' : 's'}`));
  return said.length === 0 ? '0 minutes' : said.join(' ');
}
