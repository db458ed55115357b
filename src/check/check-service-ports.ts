import { placeOf } from '../model/origin.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import { childOf, type Tracked } from '../model/tracked.ts';
import { portsOf } from '../resolve/address.ts';
import { originAt } from './find-origin.ts';
import type { Rule } from './rule.ts';

export const checkServicePorts: Rule = (subject, report) => {
  checkPortsOffered(subject, report);
  checkPortsOfPods(subject, report);
};

/** Who asks a headless Service is led to the pods themselves, and finds there what they listen at. */
const checkPortsOfPods: Rule = ({ system, place }, report) => {
  for (const { key, state, spec } of system.components) {
    if (state !== 'on' || childOf(spec.value.service as Tracked | undefined, 'headless')?.value !== true) continue;
    for (const { name, port, servicePort, expose, tracked } of portsOf(spec)) {
      if (!expose || port === servicePort) continue;
      const origin = childOf(tracked, 'servicePort')?.origin ?? tracked.origin;
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `component \`${key}\` offers port \`${name}\` as ${servicePort} by a headless Service, which leads straight to pods that listen at ${port}`,
        place: placeOf(origin) ?? place,
        hint: 'leave out `servicePort`, or `headless`',
      });
    }
  }
};

/** A Service that offers one port twice is refused as a whole. */
const checkPortsOffered: Rule = ({ system, objects, place }, report) => {
  // Several Services of one component offer the same ports; once is enough.
  const told = new Set<string>();
  for (const object of objects) {
    if (object.kind !== 'Service') continue;
    const first = new Map<string, number>();
    const component = system.components.find(({ key }) => key === object.component);
    const listening = new Map(component === undefined ? [] : portsOf(component.spec).map((one) => [one.name, one.port]));
    const ports = asList(asMap(object.plain.spec)?.ports);
    for (const [index, { name, port, protocol = 'TCP' }] of ports.entries()) {
      const offered = `${String(port)}/${String(protocol)}`;
      const other = first.get(offered);
      first.set(offered, other ?? index);
      const problem = `${String(object.component)} ${String(name)} ${offered}`;
      if (other === undefined || told.has(problem)) continue;
      // One port of the pod by two names is told there.
      const behind = listening.get(String(name));
      if (behind !== undefined && behind === listening.get(String(ports[other]?.name))) continue;
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
