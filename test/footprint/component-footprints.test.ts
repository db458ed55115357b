import { expect, test } from 'vitest';
import { writeAmounts } from '../../src/footprint/amounts.ts';
import { componentFootprints } from '../../src/footprint/component-footprints.ts';
import type { Share } from '../../src/footprint/footprint.ts';

const template = { spec: { containers: [{ resources: { requests: { cpu: '100m' } } }] } };
const claim = (storage: string) => ({ spec: { resources: { requests: { storage } } } });

function object(kind: string, spec: Record<string, unknown>) {
  return { component: 'one', kind, plain: { kind, metadata: { name: 'shop-one' }, spec } };
}

function sums(objects: Parameters<typeof componentFootprints>[0]) {
  const [first] = componentFootprints(objects);
  const sum = ({ pods, requests }: Share) => ({ pods, ...writeAmounts(requests) });
  const { minimum, maximum, running, perNode } = first?.footprint ?? {};
  return [minimum, maximum, running, perNode].map((share) => sum(share as Share));
}

const none = { pods: 0 };

test('one replica unless it says otherwise', () => {
  const one = { pods: 1, cpu: '100m' };
  expect(sums([object('Deployment', { template })])).toEqual([one, one, none, none]);
});

test('an autoscaler says how few and how many', () => {
  const autoscaler = object('HorizontalPodAutoscaler', {
    scaleTargetRef: { kind: 'Deployment', name: 'shop-one' },
    minReplicas: 2,
    maxReplicas: 20,
  });
  const bounds = [{ pods: 2, cpu: '200m' }, { pods: 20, cpu: '2' }, none, none];
  expect(sums([object('Deployment', { template }), autoscaler])).toEqual(bounds);
  expect(sums([object('StatefulSet', { template, replicas: 3 }), autoscaler])[0]).toEqual({ pods: 3, cpu: '300m' });
});

test('claims count once, claim templates once for each replica', () => {
  const set = object('StatefulSet', { template, replicas: 3, volumeClaimTemplates: [claim('10Gi'), claim('1Gi')] });
  const whole = { pods: 3, cpu: '300m', storage: '38Gi' };
  expect(sums([set, object('PersistentVolumeClaim', claim('5Gi').spec)])).toEqual([whole, whole, none, none]);
});

test('a claim that lives and dies with its pod counts with it', () => {
  const volumes = [{ ephemeral: { volumeClaimTemplate: claim('2Gi') } }, { emptyDir: {} }];
  const job = object('Job', { parallelism: 2, template: { spec: { ...template.spec, volumes } } });
  expect(sums([job])[2]).toEqual({ pods: 2, cpu: '200m', storage: '4Gi' });
});

test.each([
  ['Job', { template }, 1],
  ['Job', { template, parallelism: 4 }, 4],
  ['Job', { template, parallelism: 4, completions: 3 }, 3],
  ['Job', { template, suspend: true }, 0],
  ['CronJob', { jobTemplate: { spec: { template, parallelism: 2 } } }, 2],
  ['CronJob', { suspend: true, jobTemplate: { spec: { template } } }, 0],
])('a %s of %j runs %i pods at a time', (kind, spec, pods) => {
  const running = pods === 0 ? none : { pods, cpu: `${pods}00m` };
  expect(sums([object(kind, spec)])).toEqual([none, none, running, none]);
});

test('a DaemonSet counts for each node', () => {
  expect(sums([object('DaemonSet', { template })])).toEqual([none, none, none, { pods: 1, cpu: '100m' }]);
});

test('nothing is counted where there are no pods, and whole objects stand together', () => {
  const secret = object('SealedSecret', { template: { metadata: {} } });
  const loose = [object('Deployment', { template }), object('Pod', template.spec)].map((one) => ({
    ...one,
    component: undefined,
  }));
  expect(componentFootprints([secret, object('Service', {}), ...loose])).toMatchObject([
    { component: undefined, kinds: ['Deployment', 'Pod'], footprint: { minimum: { pods: 2 } } },
  ]);
});
