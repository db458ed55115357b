import { didYouMean } from '../diagnostics/suggest.ts';
import { placeOf } from '../model/origin.ts';
import { childOf, type Tracked } from '../model/tracked.ts';
import { mapOf } from '../resolve/layers.ts';
import type { Rule } from './rule.ts';

/** Who is outside has the ports of the component by the same names: one of another name is asked for by nobody. */
export const checkExternalPorts: Rule = ({ system, place }, report) => {
  for (const { key, external, spec } of system.components) {
    const known = [...(external?.usualPorts.keys() ?? [])];
    if (known.length === 0) continue;
    const ports = childOf(childOf(spec as Tracked, 'external'), 'ports');
    for (const [name, { origin }] of Object.entries(mapOf(ports))) {
      if (known.includes(name)) continue;
      const hint = didYouMean(name, known);
      report({
        code: 'unknown-reference',
        severity: 'error',
        message: `component \`${key}\` is outside with a port \`${name}\`, which it does not have`,
        place: (origin.kind === 'spec' ? origin.key : undefined) ?? placeOf(origin) ?? place,
        ...(hint === undefined ? {} : { hint }),
      });
    }
  }
};
