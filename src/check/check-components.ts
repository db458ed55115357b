import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Component } from '../language/component.ts';
import { placeOf } from '../model/origin.ts';
import { childOf, isTrackedMap, lastOrigin, type Tracked } from '../model/tracked.ts';
import { mapOf } from '../resolve/layers.ts';
import type { Rule } from './rule.ts';
import { writtenProbes } from './written-probes.ts';

const volumeKinds = ['size', 'config', 'secret', 'emptyDir', 'source'];
const probeKinds = ['http', 'tcp', 'grpc', 'exec'];

/** What each kind of workload needs, and what excludes each other. */
export const checkComponents: Rule = ({ system, place }, report) => {
  for (const component of system.components) {
    const external = component.state === 'external' ? childOf(component.spec as Tracked, 'external') : undefined;
    if (component.external?.bridge !== undefined && childOf(external, 'host') !== undefined)
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `component \`${component.key}\` is outside by \`host\` and by \`address\``,
        place: placeOf((external as Tracked).origin) ?? place,
        hint: 'say one of them: `address` is for a host without a name in DNS',
      });
    if (component.state !== 'on') continue;
    const spec = component.spec.value;
    const incomplete = (message: string, blamed: Tracked, hint: string, code: DiagnosticCode = 'incomplete-component') =>
      report({
        code,
        severity: 'error',
        message: `component \`${component.key}\` ${message}`,
        place: placeOf(lastOrigin(blamed)) ?? place,
        hint,
      });
    if (spec.image === undefined) incomplete('has no image', component.spec, 'say `image: …`');
    if (spec.autoscale !== undefined && spec.autoscale.value.max === undefined)
      incomplete('has an autoscaler without `max`', spec.autoscale, 'say `max: …`');
    for (const [name, port] of Object.entries(mapOf(spec.ports as Tracked | undefined))) {
      if (isTrackedMap(port) && port.value.port === undefined)
        incomplete(`has a port \`${name}\` without a number`, port, 'say `port: …`');
    }
    const certificate = spec.ingress?.value.tls?.value.certificate;
    if (component.ingressOn && certificate !== undefined && certificate.value.issuer === undefined)
      incomplete('has a certificate without an issuer', certificate, 'say `issuer: …`');
    if (component.ingressOn && spec.ingress !== undefined) {
      if (spec.ingress.value.host === undefined)
        incomplete('has an ingress without a host', spec.ingress, 'say `host: …`; an ingress without one takes every host');
      if (component.serviceName === undefined)
        incomplete('has an ingress and no Service behind it', spec.ingress, serviceHint(spec));
    }
    const budget = spec.disruptionBudget;
    if (budget !== undefined && (budget.value.minAvailable === undefined) === (budget.value.maxUnavailable === undefined)) {
      incomplete(
        'has a disruption budget that says not exactly one of minAvailable and maxUnavailable',
        budget,
        'say one of them',
      );
    }
    for (const [name, volume] of Object.entries(mapOf(spec.volumes as Tracked | undefined))) {
      const kinds = volumeKinds.filter((kind) => Object.hasOwn(mapOf(volume), kind));
      if (kinds.length !== 1)
        incomplete(
          `has a volume \`${name}\` with ${kinds.length === 0 ? 'nothing in it' : kinds.join(' and ')}`,
          volume,
          `say exactly one of ${volumeKinds.join(', ')}`,
        );
    }
    for (const { kind, probe, beside, ports } of writtenProbes(component)) {
      const kinds = probeKinds.filter((word) => Object.hasOwn(mapOf(probe), word));
      const whose = beside === undefined ? '' : ` of its ${beside}`;
      if (kinds.length !== 1)
        incomplete(
          `has a ${kind} probe${whose} that asks ${kinds.length === 0 ? 'nothing' : kinds.join(' and ')}`,
          probe,
          `say exactly one of ${probeKinds.join(', ')}`,
        );
      else if (kinds[0] === 'http' && childOf(probe, 'port') === undefined && ports.length === 0)
        incomplete(`has a ${kind} probe${whose} that asks the first port, and there is none`, probe, 'declare `ports`');
    }
  }
};

function serviceHint({ workload, service }: Tracked<Component>['value']): string {
  const kind = workload?.value;
  if (kind === 'Job' || kind === 'CronJob') return `a ${kind} never has one: leave \`ingress\` out, or say another \`workload\``;
  return service?.value === false ? 'leave `service: false` out' : 'declare `ports`';
}
