import { expect, test } from 'vitest';
import { readPolicies } from '../../src/page/system/read-policies.ts';
import type { Json, ObjectRecord } from '../../src/report/report.ts';

const object = (kind: string, component: string | null, value: Json): ObjectRecord => ({
  ...{
    id: `${kind}/${component}`,
    apiVersion: 'v1',
    kind,
    name: `${component}`,
    namespace: 'shop',
    component,
    wave: 0,
    value,
    origins: 0,
  },
});
const workload = (component: string) =>
  object('Deployment', component, { spec: { template: { metadata: { labels: { app: component } } } } });
const policy = (component: string | null, spec: Json) => object('NetworkPolicy', component, { spec });
const pods = (component: string) => ({ podSelector: { matchLabels: { app: component } } });

test('rules name components where they are of the system, and say ports as people do', () => {
  const objects = [
    workload('web'),
    workload('db'),
    policy('db', {
      ...pods('db'),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [pods('web')], ports: [{ port: 5432 }] },
        { from: [pods('web'), { namespaceSelector: {} }], ports: [{ port: 9090, endPort: 9099 }] },
        { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }] },
      ],
      egress: [
        { ports: [{ port: 53, protocol: 'UDP' }] },
        { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }], ports: [{ port: 443 }] },
      ],
    }),
  ];
  expect(readPolicies(objects, 'db')).toEqual({
    ingress: [
      { peer: 'web', component: 'web', ports: ['5432', '9090–9099'] },
      { peer: 'every namespace', component: null, ports: ['9090–9099'] },
      { peer: 'namespace ingress', component: null, ports: ['every port'] },
    ],
    egress: [
      { peer: 'any address', component: null, ports: ['53/UDP'] },
      { peer: '0.0.0.0/0 except 10.0.0.0/8', component: null, ports: ['443'] },
    ],
  });
});

test('without a policy everything is open, and with an empty one nothing is', () => {
  expect(readPolicies([workload('web')], 'web')).toEqual({ ingress: null, egress: null });
  const closed = policy(null, { podSelector: {}, policyTypes: ['Ingress'] });
  expect(readPolicies([workload('web'), closed], 'web')).toEqual({ ingress: [], egress: null });
  expect(readPolicies([workload('web'), policy('web', { ...pods('web') })], 'web')).toEqual({ ingress: [], egress: null });
});

test('a policy of another component that selects the pods counts too', () => {
  const objects = [
    workload('web'),
    policy('db', {
      podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'db'] }] },
      ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] } }] }],
    }),
  ];
  expect(readPolicies(objects, 'web').ingress).toEqual([
    { peer: 'pods of the namespace app DoesNotExist', component: null, ports: ['every port'] },
  ]);
  expect(readPolicies(objects, 'cache').ingress).toBeNull();
});

test('what has no labels in the description goes by the selector of its own policy', () => {
  const selector = { matchExpressions: [{ key: 'job', operator: 'Exists' }] };
  const objects = [
    workload('web'),
    policy('runner', { podSelector: selector, policyTypes: ['Egress'] }),
    policy('web', { ...pods('web'), ingress: [{ from: [{ podSelector: selector }], ports: [{ port: 80 }] }] }),
  ];
  expect(readPolicies(objects, 'web').ingress).toEqual([{ peer: 'runner', component: 'runner', ports: ['80'] }]);
});
