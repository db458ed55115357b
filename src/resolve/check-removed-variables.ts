import type { Report } from '../diagnostics/diagnostic.ts';
import { atPath, childOf, type Tracked } from '../model/tracked.ts';
import { namesIn } from './environment-groups.ts';
import { type Layers, mapOf } from './layers.ts';

/** Null removes what a lower layer says of a variable; what a group brings lies in no layer below, and would stay. */
export function checkRemovedVariables(
  layers: readonly Tracked[],
  merged: Pick<Layers, 'components' | 'env'>,
  groups: ReadonlyMap<string, Tracked>,
  report: Report,
): void {
  for (const [index, layer] of layers.entries()) {
    const look = (path: readonly string[], whole: Tracked | undefined) => {
      for (const [name, written] of Object.entries(mapOf(atPath(layer, path)))) {
        if (written.value !== null || childOf(whole, name) !== undefined) continue;
        const group = namesIn(whole).find((taken) => childOf(groups.get(taken.value), name) !== undefined);
        // Who removes a value of its own has that of the group back.
        if (group === undefined || layers.slice(0, index).some((lower) => atPath(lower, [...path, name])?.value != null))
          continue;
        reportRemoval(name, written, group.value, report);
      }
    };
    for (const key of Object.keys(mapOf(childOf(layer, 'components'))))
      look(['components', key, 'env'], childOf(merged.components[key], 'env'));
    for (const key of Object.keys(mapOf(childOf(layer, 'env')))) look(['env', key], merged.env[key]);
  }
}

function reportRemoval(name: string, { origin }: Tracked, group: string, report: Report): void {
  if (origin.kind !== 'spec') return;
  report({
    code: 'group-variable',
    severity: 'error',
    message: `\`${name}\` comes from the group \`${group}\`, and a group is taken with all that it holds`,
    place: origin.key ?? origin.place,
    hint: `give it another value here, remove it from the group by \`env: { ${group}: { ${name}: null } }\`, or move it to a group of its own`,
  });
}
