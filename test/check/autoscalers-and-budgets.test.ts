import { expect, test } from 'vitest';
import { compileFleet } from '../support/compile-fleet.ts';
import { smallFleet } from '../support/small-fleet.ts';

/** What is told on development where the component of `shop` has these fields, and `replicas` from nobody. */
function told(fields: string): string[] {
  const path = 'systems/shop/system.yaml';
  const cluster = (smallFleet.get('clusters/dev/cluster.yaml') as string).concat('  metricsServer: true\n');
  const environment = (smallFleet.get('clusters/dev/dev.yaml') as string).replace('{replicas: 2}', '{}');
  const system = (smallFleet.get(path) as string).replace(/ +replicas: 1\n/, '').concat(`      ${fields}\n`);
  const { diagnostics } = compileFleet(
    new Map([
      ...[...smallFleet].filter(([name]) => !name.includes('prod')),
      ['clusters/dev/cluster.yaml', cluster],
      ['clusters/dev/dev.yaml', environment],
      [path, system],
    ]),
  );
  return diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

const beside = (resources: string, more = '') => `{ proxy: { image: "e/p:1"${resources}${more} } }`;
const scaled = (...containers: string[]) => ['autoscale: { max: 3, cpu: 70 }', ...containers].join('\n      ');
const always = ', restartPolicy: Always';

test.each([
  scaled(`sidecars: ${beside(', resources: { requests: { cpu: 10m } }')}`),
  scaled(`sidecars: ${beside(', resources: { limits: { cpu: 10m } }')}`),
  scaled(`initContainers: ${beside('')}`),
  scaled(`initContainers: ${beside(', resources: { requests: { cpu: 10m } }', always)}`),
])('an autoscaler knows what all that runs requests: %s', (fields) => {
  expect(told(fields)).toEqual([]);
});

test.each([
  [scaled(`sidecars: ${beside('')}`), 'sidecar `proxy`'],
  [scaled(`sidecars: ${beside(', resources: { requests: { memory: 1Gi } }')}`), 'sidecar `proxy`'],
  [scaled(`initContainers: ${beside('', always)}`), 'init container `proxy`'],
])('where one says nothing, it never scales: %s', (fields, who) => {
  expect(told(fields)).toEqual([
    `autoscale-conflict: the autoscaler of \`web\` aims at 70% of the cpu request, and its ${who} has none`,
  ]);
});

test.each(['DaemonSet', 'Job', 'CronJob'])('a %s has no number of pods of which a disruption budget could keep some', (kind) => {
  const fields = `workload: ${kind}\n      ${kind === 'CronJob' ? 'schedule: "0 3 * * *"\n      ' : ''}disruptionBudget: { minAvailable: 1 }`;
  expect(told(fields).filter((problem) => problem.includes('isruption'))).toEqual([
    `incomplete-component: component \`web\` is a ${kind} and has \`disruptionBudget\`, which only a Deployment or a StatefulSet takes`,
  ]);
});
