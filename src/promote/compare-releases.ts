/** Versions such as 2.1.0 or v2.1.0-rc.1, in the order of semver; undefined where a name is no version. */
export function compareReleases(one: string, other: string): number | undefined {
  const [a, b] = [parse(one), parse(other)];
  if (a === undefined || b === undefined) return one === other ? 0 : undefined;
  for (const index of [0, 1, 2]) {
    const difference = (a.numbers[index] as number) - (b.numbers[index] as number);
    if (difference !== 0) return Math.sign(difference);
  }
  return comparePreReleases(a.pre, b.pre);
}

/** The first version after all others: their last part counts one more. */
export function nextRelease(known: readonly string[]): string {
  const versions = known.filter((name) => parse(name) !== undefined).sort((one, other) => compareReleases(one, other) ?? 0);
  const last = versions.at(-1);
  if (last === undefined) return '0.1.0';
  const { prefix, numbers, pre } = parse(last) as Version;
  const [major, minor, patch] = numbers as [number, number, number];
  return `${prefix}${major}.${minor}.${pre.length === 0 ? patch + 1 : patch}`;
}

interface Version {
  readonly prefix: string;
  readonly numbers: readonly number[];
  readonly pre: readonly string[];
}

function parse(name: string): Version | undefined {
  const match = /^(v?)(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?:-([0-9A-Za-z.-]+))?$/.exec(name);
  if (match === null) return undefined;
  const [, prefix = '', major, minor, patch = '0', pre] = match;
  return { prefix, numbers: [Number(major), Number(minor), Number(patch)], pre: pre?.split('.') ?? [] };
}

/** A version without a suffix comes after those that lead to it. */
function comparePreReleases(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return Math.sign(other.length - one.length);
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const [a, b] = [one[index], other[index]];
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
    if (a === b) continue;
    const [isNumber, otherIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
    if (isNumber && otherIsNumber) return Math.sign(Number(a) - Number(b));
    if (isNumber !== otherIsNumber) return isNumber ? -1 : 1;
    return a < b ? -1 : 1;
  }
  return 0;
}
