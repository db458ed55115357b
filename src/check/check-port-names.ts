import { didYouMean } from '../diagnostics/suggest.ts';
import { placeOf } from '../model/origin.ts';
import { childOf, itemsOf, type Tracked } from '../model/tracked.ts';
import { ingressPort, type PortDefinition, portsOf } from '../resolve/address.ts';
import { mapOf } from '../resolve/layers.ts';
import type { Rule } from './rule.ts';
import { writtenProbes } from './written-probes.ts';

/** Probes, ingresses, further Services and metrics ask ports that the component declares. */
export const checkPortNames: Rule = ({ system }, report) => {
  for (const component of system.components) {
    if (component.state !== 'on') continue;
    const ports = portsOf(component.spec);
    const spec = component.spec.value;
    const tell = (asked: Tracked, who: string, lacks: string, hint: string | undefined) => {
      const place = placeOf(asked.origin);
      if (place === undefined) return;
      report({
        code: 'unknown-reference',
        severity: 'error',
        message: `${who} asks port \`${String(asked.value)}\`, which ${lacks} does not have`,
        place,
        ...(hint === undefined ? {} : { hint }),
      });
    };
    const check = (asked: Tracked | undefined, who: string, known: readonly PortDefinition[] = ports) => {
      if (asked !== undefined && !known.some((port) => port.name === asked.value || port.port === asked.value))
        tell(asked, who, 'it', nearest(asked, known) ?? 'declare it under `ports`');
    };
    for (const { kind, probe, beside, owner, ports: known } of writtenProbes(component)) {
      for (const field of ['port', 'tcp', 'grpc']) {
        const asked = childOf(probe, field);
        // What runs beside the main container need not declare its ports, and by number they are there all the same.
        if (beside === undefined || typeof asked?.value === 'string') check(asked, `the ${kind} probe of ${owner}`, known);
      }
    }
    const asked = childOf(spec.ingress as Tracked | undefined, 'port');
    if (component.ingressOn && asked !== undefined && ingressPort(component.spec) === undefined)
      tell(asked, `the ingress of \`${component.key}\``, 'its Service', portOfPod(ports, asked) ?? nearest(asked, ports));
    for (const [name, service] of Object.entries(mapOf(spec.services as Tracked | undefined)))
      for (const port of itemsOf(childOf(service, 'ports') as Tracked<string[]> | undefined))
        check(port, `the Service \`${name}\` of \`${component.key}\``);
    check(childOf(spec.metrics as Tracked | undefined, 'port'), `the metrics of \`${component.key}\``);
  }
};

function nearest({ value }: Tracked, ports: readonly PortDefinition[]): string | undefined {
  return didYouMean(
    String(value),
    ports.map(({ name }) => name),
  );
}

/** Why the Service lacks a port that the pod has. */
function portOfPod(ports: readonly PortDefinition[], { value }: Tracked): string | undefined {
  const port = ports.find((known) => known.name === value || known.port === value);
  if (port === undefined) return undefined;
  return port.expose
    ? `that is the port of the pod: say \`${port.name}\`, or ${port.servicePort}, which is what the Service makes of it`
    : `the Service leaves \`${port.name}\` out: it says \`expose: false\``;
}
