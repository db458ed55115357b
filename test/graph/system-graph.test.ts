import { expect, test } from 'vitest';
import { withFiles } from '../support/fleet-files.ts';
import { graphFleet, graphOf } from './graph-fleet.ts';

const { nodes, edges } = graphOf(graphFleet);
const edge = (from: string, to: string) => edges.find((one) => one.from === from && one.to === to);

test('every component is a node, with its state and its wave', () => {
  expect(nodes.map(({ component, state, workload, wave }) => [component, state, workload, wave])).toEqual([
    ['end', 'on', 'Deployment', 2],
    ['graph', 'on', 'Deployment', 0],
    ['migrate', 'on', 'Job', 1],
    ['subgraph', 'on', 'StatefulSet', 0],
    ['search', 'external', 'Deployment', undefined],
    ['extra', 'off', 'Deployment', undefined],
  ]);
  expect(nodes.find(({ component }) => component === 'search')?.host).toBe('search.example.com');
});

test.each([
  ['a reference to a URL', 'end', 'subgraph', { ports: [{ name: 'sql', port: 5432 }], orders: true, network: true }],
  ['a reference to a port', 'migrate', 'subgraph', { ports: [{ name: 'sql', port: 5432 }], orders: true }],
  ['what is outside is not waited for', 'end', 'search', { ports: [{ name: 'http', port: 443 }], orders: false, network: true }],
  ['a Job is waited for and listens to nobody', 'end', 'migrate', { ports: [], orders: true, network: false }],
  [
    'talksTo opens all ports of the Service and orders nothing',
    'graph',
    'end',
    {
      ports: [
        { name: 'http', port: 8080 },
        { name: 'admin', port: 90 },
      ],
      orders: false,
      network: true,
    },
  ],
  ['what would talk to a component that is off', 'end', 'extra', { orders: false, active: false }],
  ['what a component that is off would need', 'extra', 'subgraph', { orders: true, active: false }],
] as const)('%s', (_, from, to, meant) => {
  expect(edge(from, to)).toMatchObject({ active: true, ...meant });
});

test('there are no others, and each is there once', () => {
  expect(edges.map(({ from, to }) => `${from} → ${to}`).sort()).toEqual([
    'end → extra',
    'end → graph',
    'end → migrate',
    'end → search',
    'end → subgraph',
    'extra → subgraph',
    'graph → end',
    'migrate → subgraph',
  ]);
});

test('a wave that a patch has moved is shown where it is', () => {
  const path = 'clusters/dev/dev.yaml';
  const patched = withFiles(graphFleet, {
    [path]: `${graphFleet.get(path)}      patches:
        - target: {kind: Deployment, name: shop-graph}
          reason: it is slow to start
          merge: {metadata: {annotations: {argocd.argoproj.io/sync-wave: "-3"}}}
`,
  });
  expect(graphOf(patched).nodes.find(({ component }) => component === 'graph')?.wave).toBe(-3);
});
