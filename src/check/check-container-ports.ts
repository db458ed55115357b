import type { DesiredObject } from '../model/desired-object.ts';
import { asList } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import { ownContainers } from './own-pods.ts';
import type { Rule } from './rule.ts';

/** Kubernetes tells the ports of a container apart by number and protocol, and applies no list that has one twice. */
export const checkContainerPorts: Rule = ({ objects, place }, report) => {
  for (const { object, container, name, path } of ownContainers(objects)) {
    const first = new Map<string, number>();
    const ports = asList(container.ports);
    for (const [index, { containerPort, protocol = 'TCP', name: called }] of ports.entries()) {
      const port = `${String(containerPort)}/${String(protocol)}`;
      const other = first.get(port);
      first.set(port, other ?? index);
      if (other === undefined) continue;
      const related = placeOfPort(object, [...path, 'ports', other]);
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `container \`${name}\` of ${object.kind}/${object.name} has port ${port} twice: as \`${String(ports[other]?.name)}\` and as \`${String(called)}\``,
        place: placeOfPort(object, [...path, 'ports', index]) ?? place,
        ...(related === undefined ? {} : { related: [{ place: related, message: 'the first one' }] }),
        hint: 'leave one of them out, or have the program listen at another number',
      });
    }
  }
};

function placeOfPort(object: DesiredObject, path: readonly (string | number)[]) {
  return originAt(object, [...path, 'containerPort'])?.place;
}
