import { expect, test } from 'vitest';
import { compileFleet } from '../support/compile-fleet.ts';
import { smallFleet } from '../support/small-fleet.ts';

/** What is told on development where the component of `shop` says this of its resources. */
function told(fields: string): string[] {
  const path = 'systems/shop/system.yaml';
  const system = (smallFleet.get(path) as string).replace(/resources: .*/, fields);
  const { diagnostics } = compileFleet(new Map([...smallFleet, [path, system]]));
  return [...new Set(diagnostics.map(({ code, message }) => `${code}: ${message}`))];
}

const resources = (requests: string, limits: string) =>
  `resources: { requests: { cpu: 50m${requests} }, limits: { cpu: 50m${limits} } }`;
const container = 'incomplete-component: container `web` of Deployment/shop-web';

test.each([
  resources('', ', nvidia.com/gpu: 1'),
  resources(', nvidia.com/gpu: 1', ', nvidia.com/gpu: 1'),
  resources(', nvidia.com/gpu: 1', ', nvidia.com/gpu: "1000m"'),
  resources(', ephemeral-storage: 1Gi', ''),
  'gpu: { count: 2 }',
  'gpu: { count: 2 }\n      resources: { limits: { nvidia.com/gpu: 2, memory: 1Gi } }',
])('Kubernetes takes %s', (fields) => {
  expect(told(fields)).toEqual([]);
});

test.each([
  [resources(', nvidia.com/gpu: 1', ''), [`${container} requests 1 of nvidia.com/gpu, and has no limit of it`]],
  [
    resources(', nvidia.com/gpu: 1', ', nvidia.com/gpu: 2'),
    [`${container} requests 1 of nvidia.com/gpu, not what its limit of 2 allows`],
  ],
  [
    resources('', ', nvidia.com/gpu: 500m'),
    [`${container} asks for 500m of nvidia.com/gpu, which Kubernetes gives in whole numbers only`],
  ],
  [
    resources(', example.com/slot: 0.5', ', example.com/slot: 0.5'),
    [`${container} asks for 0.5 of example.com/slot, which Kubernetes gives in whole numbers only`],
  ],
  [
    'gpu: { count: 2 }\n      resources: { limits: { nvidia.com/gpu: 1 } }',
    ['incomplete-component: component `web` asks for 2 of nvidia.com/gpu by `gpu` and for 1 by `resources`'],
  ],
])('and refuses %s', (fields, problems) => {
  expect(told(fields)).toEqual(problems);
});
