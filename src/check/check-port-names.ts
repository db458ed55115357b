import { didYouMean } from '../diagnostics/suggest.ts';
import { placeOf } from '../model/origin.ts';
import { childOf, itemsOf, type Tracked } from '../model/tracked.ts';
import { portsOf } from '../resolve/address.ts';
import { mapOf } from '../resolve/layers.ts';
import type { Rule } from './rule.ts';

/** Probes, ingresses, further Services and metrics ask ports that the component declares. */
export const checkPortNames: Rule = ({ system }, report) => {
  for (const component of system.components) {
    if (component.state !== 'on') continue;
    const ports = portsOf(component.spec);
    const spec = component.spec.value;
    const check = (asked: Tracked | undefined, who: string) => {
      if (asked === undefined) return;
      const known = ports.some((port) => port.name === asked.value || port.port === asked.value);
      const place = placeOf(asked.origin);
      if (known || place === undefined) return;
      const hint = didYouMean(
        String(asked.value),
        ports.map((port) => port.name),
      );
      report({
        code: 'unknown-reference',
        severity: 'error',
        message: `${who} of \`${component.key}\` asks port \`${String(asked.value)}\`, which it does not have`,
        place,
        ...(hint === undefined ? {} : { hint }),
      });
    };
    for (const [name, probe] of Object.entries(mapOf(spec.probes as Tracked | undefined))) {
      for (const field of ['port', 'tcp', 'grpc']) check(childOf(probe, field), `the ${name} probe`);
      const http = childOf(probe, 'http');
      if (http !== undefined && childOf(probe, 'port') === undefined && ports.length === 0)
        check({ value: '(first)', origin: http.origin }, `the ${name} probe`);
    }
    if (component.ingressOn) check(childOf(spec.ingress as Tracked | undefined, 'port'), 'the ingress');
    for (const [name, service] of Object.entries(mapOf(spec.services as Tracked | undefined)))
      for (const port of itemsOf(childOf(service, 'ports') as Tracked<string[]> | undefined))
        check(port, `the Service \`${name}\``);
    check(childOf(spec.metrics as Tracked | undefined, 'port'), 'the metrics');
  }
};
