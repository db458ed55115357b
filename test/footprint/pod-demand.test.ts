import { expect, test } from 'vitest';
import { writeAmounts } from '../../src/footprint/amounts.ts';
import { podDemand } from '../../src/footprint/pod-demand.ts';

const container = (cpu: string, more: object = {}) => ({
  resources: { requests: { cpu }, limits: { cpu, memory: '1Gi' } },
  ...more,
});

function demand(podSpec: Record<string, unknown>) {
  const { requests, limits, unlimited } = podDemand(podSpec);
  return { requests: writeAmounts(requests), limits: writeAmounts(limits), unlimited };
}

test('containers run together', () => {
  expect(demand({ containers: [container('100m'), container('1.5')] })).toMatchObject({
    requests: { cpu: '1600m' },
    limits: { cpu: '1600m', memory: '2Gi' },
  });
});

test('a resource may have any name', () => {
  const odd = { resources: { requests: { toString: 1, constructor: '2' } } };
  const { requests } = demand({ initContainers: [odd], containers: [odd, container('1')] });
  expect(Object.entries(requests).sort()).toEqual([
    ['constructor', '2'],
    ['cpu', '1'],
    ['memory', '1Gi'],
    ['toString', '1'],
  ]);
});

test.each([
  ['a smaller init container needs nothing more', ['500m'], '1'],
  ['a larger one needs what it is', ['3'], '3'],
  ['they run one after the other', ['3', '2'], '3'],
])('%s', (_, init, cpu) => {
  const initContainers = init.map((own) => container(own));
  expect(demand({ initContainers, containers: [container('1')] }).requests.cpu).toBe(cpu);
});

test.each([
  ['one that stays counts to the containers', [['1', true]], '2'],
  ['and to the init containers behind it', [['1', true], ['3']], '4'],
  ['but not to those before it', [['3'], ['1', true]], '3'],
  [
    'and several together',
    [
      ['1', true],
      ['1', true],
    ],
    '3',
  ],
] as [string, [string, true?][], string][])('%s', (_, init, cpu) => {
  const initContainers = init.map(([own, stays]) => container(own, stays ? { restartPolicy: 'Always' } : {}));
  expect(demand({ initContainers, containers: [container('1')] }).requests.cpu).toBe(cpu);
});

test('a request that is left out is the limit', () => {
  const resources = { requests: { cpu: '100m' }, limits: { 'nvidia.com/gpu': 2, memory: '1Gi' } };
  expect(demand({ containers: [{ resources }] })).toEqual({
    requests: { cpu: '100m', memory: '1Gi', 'nvidia.com/gpu': '2' },
    limits: { memory: '1Gi', 'nvidia.com/gpu': '2' },
    unlimited: ['cpu'],
  });
});

test.each([
  ['a container', { containers: [container('1'), {}] }],
  ['an init container', { initContainers: [{}], containers: [container('1')] }],
])('%s without limits makes the sums lower bounds', (_, podSpec) => {
  expect(demand(podSpec)).toMatchObject({ limits: { cpu: '1', memory: '1Gi' }, unlimited: ['cpu', 'memory'] });
});

test('what the pod says as a whole goes before, and its overhead comes on top', () => {
  const resources = { requests: { cpu: '3' }, limits: { cpu: '4', memory: '8Gi' } };
  expect(demand({ resources, overhead: { cpu: '250m' }, containers: [{ resources: { requests: { memory: '1Gi' } } }] })).toEqual({
    requests: { cpu: '3250m', memory: '1Gi' },
    limits: { cpu: '4', memory: '8Gi' },
    unlimited: [],
  });
});
