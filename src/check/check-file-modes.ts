import { placeOf } from '../model/origin.ts';
import { podSpecOf, podSpecPath } from '../model/pod-specs.ts';
import { atPath, childOf, isTrackedList, type Tracked } from '../model/tracked.ts';
import type { Rule } from './rule.ts';

const fileSources = ['configMap', 'secret', 'downwardAPI', 'projected'] as const;

/** Whoever writes 0400 means octal, as kubectl does; YAML 1.2 takes it for four hundred, which lets the group write. */
export const checkFileModes: Rule = ({ objects, place }, report) => {
  for (const object of objects) {
    if (!Array.isArray(podSpecOf(object.plain)?.volumes)) continue;
    const volumes = listOf(atPath(object.tree, [...podSpecPath(object.kind), 'volumes']));
    for (const mode of volumes.flatMap(modesOf)) {
      const problem = problemOf(mode);
      if (problem === undefined) continue;
      report({
        code: 'wrong-type',
        severity: 'error',
        message: `${object.kind}/${object.name}: ${problem}`,
        place: placeOf(mode.origin) ?? place,
        hint: 'write it as YAML writes octal numbers: 0o400',
      });
    }
  }
};

function problemOf({ value, origin }: Tracked): string | undefined {
  if (typeof value !== 'number') return undefined;
  const written = origin.kind === 'spec' ? origin.place.file.text.slice(origin.place.start, origin.place.end) : '';
  if (/^0\d+$/.test(written) && Number(written) === value && Number.parseInt(written, 8) !== value)
    return `the file mode ${written} is the decimal number ${value} in YAML, which is ${value.toString(8)} in octal`;
  return value > 0o777 ? `${value} is no file mode: the largest is 0o777` : undefined;
}

/** Of all files that a volume brings. */
function modesOf(volume: Tracked): Tracked[] {
  return fileSources.flatMap((name) => {
    const source = childOf(volume, name);
    const items = listOf(childOf(source, 'items'));
    const own = [childOf(source, 'defaultMode'), ...items.map((item) => childOf(item, 'mode'))];
    return [...own.flatMap((mode) => mode ?? []), ...listOf(childOf(source, 'sources')).flatMap(modesOf)];
  });
}

function listOf(list: Tracked | undefined): readonly Tracked[] {
  return list !== undefined && isTrackedList(list) ? list.value : [];
}
