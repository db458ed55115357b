import { asMap } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import { reportLack } from './report-lack.ts';
import type { Rule } from './rule.ts';

/** A Service of type LoadBalancer waits for its address forever where nothing gives one. */
export const checkLoadBalancers: Rule = (subject, report) => {
  const fact = subject.cluster.document.value.spec.value.loadBalancer;
  if (fact?.value === true) return;
  for (const object of subject.objects) {
    if (object.kind !== 'Service' || asMap(object.plain.spec)?.type !== 'LoadBalancer') continue;
    reportLack(
      {
        code: 'load-balancer',
        asks: `Service/${object.name} asks for a load balancer`,
        origin: originAt(object, ['spec', 'type']),
        lacks: fact === undefined ? 'does not say that it has any' : 'has none',
        fact: ['loadBalancer'],
        hint: 'take an ingress or `type: NodePort` here, or say `loadBalancer: true` if such a Service gets an address there',
      },
      subject,
      report,
    );
  }
};
