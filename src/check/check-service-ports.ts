import { asList, asMap } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import type { Rule } from './rule.ts';

/** A Service that offers one port twice is refused as a whole. */
export const checkServicePorts: Rule = ({ objects, place }, report) => {
  // Several Services of one component offer the same ports; once is enough.
  const told = new Set<string>();
  for (const object of objects) {
    if (object.kind !== 'Service') continue;
    const first = new Map<string, number>();
    for (const [index, { name, port, protocol = 'TCP' }] of asList(asMap(object.plain.spec)?.ports).entries()) {
      const offered = `${String(port)}/${String(protocol)}`;
      const other = first.get(offered);
      first.set(offered, other ?? index);
      const problem = `${String(object.component)} ${String(name)} ${offered}`;
      if (other === undefined || told.has(problem)) continue;
      told.add(problem);
      const related = originAt(object, ['spec', 'ports', other, 'port'])?.place;
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `Service/${object.name} offers port ${offered} twice`,
        place: originAt(object, ['spec', 'ports', index, 'port'])?.place ?? place,
        ...(related === undefined ? {} : { related: [{ place: related, message: 'the first one' }] }),
        hint: 'give one of them another `servicePort`, or say `expose: false` where nobody asks for it',
      });
    }
  }
};
