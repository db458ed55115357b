/** The known name closest to what was written, if one is close enough to be what was meant. */
export function suggest(written: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(written.length * 0.4));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const name of known) {
    const distance = name.toLowerCase() === written.toLowerCase() ? 0 : editDistance(written, name, bestDistance);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

export function didYouMean(written: string, known: readonly string[]): string | undefined {
  const name = suggest(written, known);
  if (name !== undefined) return `did you mean \`${name}\`?`;
  if (known.length === 0) return undefined;
  const shown = known.length > 12 ? [...known.slice(0, 12), '…'] : known;
  return `known here: ${shown.join(', ')}`;
}

/** Letters changed, added, left out, or swapped with their neighbour: the commonest slip of all counts once. */
function editDistance(a: string, b: string, giveUpAt: number): number {
  if (Math.abs(a.length - b.length) >= giveUpAt) return giveUpAt;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (beforePrevious[j - 2] as number) + 1 : substitution;
      current.push(Math.min(substitution, swap, (previous[j] as number) + 1, (current[j - 1] as number) + 1));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] as number;
}
