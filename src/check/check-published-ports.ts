import { placeOf } from '../model/origin.ts';
import { childOf, type Tracked } from '../model/tracked.ts';
import { portsOf } from '../resolve/address.ts';
import type { Rule } from './rule.ts';

/** A node port is that of a Service which nodes publish; where nobody says so, it would do nothing. */
export const checkPublishedPorts: Rule = ({ system, place }, report) => {
  for (const { key, state, spec } of system.components) {
    // Whoever says `type: ClusterIP` took back what another layer publishes.
    if (state !== 'on' || childOf(spec.value.service as Tracked | undefined, 'type') !== undefined) continue;
    for (const { name, nodePort, tracked } of portsOf(spec)) {
      if (nodePort === undefined) continue;
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `component \`${key}\` has \`nodePort\` on its port \`${name}\`, and its Service is inside the cluster by default`,
        place: placeOf((childOf(tracked, 'nodePort') ?? tracked).origin) ?? place,
        hint: 'say `service: {type: NodePort}` or `LoadBalancer`, or leave `nodePort` out',
      });
    }
  }
};
