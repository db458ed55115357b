import type { DesiredObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import type { Rule } from './rule.ts';

interface Misfit {
  readonly field: readonly (string | number)[];
  readonly problem: string;
  readonly hint: string;
}

/** A Service with a field that its type does not take is refused as a whole. */
export const checkServiceTypes: Rule = ({ objects, place }, report) => {
  for (const object of objects) {
    if (object.kind !== 'Service' || object.apiVersion !== 'v1') continue;
    for (const { field, problem, hint } of misfitsOf(object))
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `Service/${object.name} ${problem}`,
        place: originAt(object, ['spec', ...field])?.place ?? place,
        hint,
      });
  }
};

function misfitsOf({ plain }: DesiredObject): Misfit[] {
  const spec = asMap(plain.spec) ?? {};
  const type = String(spec.type ?? 'ClusterIP');
  const inside = type === 'ClusterIP';
  const ports = asList(spec.ports);
  const headless = spec.clusterIP === 'None';
  const outside = 'say `type: NodePort` or `LoadBalancer`';
  return [
    ...(headless && !inside && type !== 'ExternalName'
      ? [{ field: ['type'], problem: `is headless and of type ${type}`, hint: 'leave one of them out, or take two Services' }]
      : []),
    ...(!headless && type !== 'ExternalName' && ports.length === 0
      ? [{ field: ['ports'], problem: 'offers no port', hint: 'declare one that is exposed, or say `service: false`' }]
      : []),
    ...(inside && spec.externalTrafficPolicy !== undefined && spec.externalIPs === undefined
      ? [
          {
            field: ['externalTrafficPolicy'],
            problem: notTaken('externalTrafficPolicy', type),
            hint: `${outside}, or leave it out`,
          },
        ]
      : []),
    ...(type !== 'LoadBalancer' && spec.loadBalancerSourceRanges !== undefined
      ? [
          {
            field: ['loadBalancerSourceRanges'],
            problem: notTaken('loadBalancerSourceRanges', type),
            hint: 'say `type: LoadBalancer`, or leave it out',
          },
        ]
      : []),
    ...(inside
      ? ports.flatMap(({ nodePort }, index) =>
          nodePort === undefined || nodePort === 0
            ? []
            : [{ field: ['ports', index, 'nodePort'], problem: notTaken('nodePort', type), hint: `${outside}, or leave it out` }],
        )
      : []),
  ];
}

function notTaken(field: string, type: string): string {
  return `has \`${field}\`, which one of type ${type} does not take`;
}
