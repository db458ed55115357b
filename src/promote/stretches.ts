/** From a moment, which belongs to it, to one that does not; in milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** In order; those that touch or overlap are one. */
export function union(...groups: readonly (readonly Stretch[])[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const stretch of groups.flat().sort((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (stretch.from >= stretch.until) continue;
    if (last === undefined || stretch.from > last.until) joined.push(stretch);
    else if (stretch.until > last.until) joined[joined.length - 1] = { from: last.from, until: stretch.until };
  }
  return joined;
}

/** Both are as `union` gives them. */
export function without(stretches: readonly Stretch[], holes: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = [];
  let next = 0;
  for (const { from, until } of stretches) {
    let start = from;
    while (next < holes.length && (holes[next] as Stretch).until <= start) next += 1;
    for (let index = next; index < holes.length && (holes[index] as Stretch).from < until; index += 1) {
      const hole = holes[index] as Stretch;
      if (hole.from > start) left.push({ from: start, until: hole.from });
      start = hole.until;
    }
    if (start < until) left.push({ from: start, until });
  }
  return left;
}

export function covers(stretches: readonly Stretch[], moment: number): boolean {
  return stretches.some(({ from, until }) => from <= moment && moment < until);
}
