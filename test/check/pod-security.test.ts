import { expect, test } from 'vitest';
import { compileFleet } from '../support/compile-fleet.ts';

const head = (kind: string, name: string) => `apiVersion: stowage.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
const component = (system: string, fields: string) =>
  `${head('System', system)}spec: { components: { web: { image: "example/web:1.0.0", ${fields} } } }\n`;
const labelled = (level: string) => `{ name: shop, labels: { pod-security.kubernetes.io/enforce: ${level} } }`;

/** What is told of a System whose one component has these fields, in an environment whose entry has those. */
function problems(fields: string, entry = '', kubernetes = '1.33'): string[] {
  const { diagnostics } = compileFleet(
    new Map([
      ['stowage.yaml', `${head('Fleet', 'f')}spec: { repository: { url: "https://git.example.com/f.git" } }\n`],
      ['clusters/dev/cluster.yaml', `${head('Cluster', 'dev')}spec: { kubernetes: "${kubernetes}" }\n`],
      ['clusters/dev/dev.yaml', `${head('Environment', 'dev')}spec: { systems: { shop: { ${entry} } } }\n`],
      ['systems/shop/system.yaml', component('shop', fields)],
    ]),
  );
  return diagnostics.map(({ code, message }) => `${code}: ${message.replace(/, and its namespace, which .*/, '')}`);
}

const patch = (spec: string) =>
  `patches: [{ target: { kind: Deployment, name: shop-web }, reason: r, merge: { spec: { template: { spec: ${spec} } } } }]`;
const elsewhere = 'namespace: { name: shop, create: false }';
const volume = (source: string) => `volumes: { v: { mountPath: /v, source: { ${source} } } }`;

const beyondBaseline: [fields: string, entry: string, problem: string][] = [
  ['securityContext: { privileged: true }', '', 'container `web` is privileged'],
  ['securityContext: { procMount: Unmasked }', '', 'container `web` has procMount Unmasked'],
  ['podSecurityContext: { seccompProfile: { type: Unconfined } }', '', 'the pod has seccompProfile Unconfined'],
  ['securityContext: { appArmorProfile: { type: Unconfined } }', '', 'container `web` has appArmorProfile Unconfined'],
  ['podSecurityContext: { sysctls: [{ name: kernel.msgmax, value: "1" }] }', '', 'the pod sets sysctl kernel.msgmax'],
  ['podSecurityContext: { seLinuxOptions: { user: u } }', '', 'the pod has an SELinux user of its own'],
  ['securityContext: { capabilities: { drop: [ALL], add: [SYS_ADMIN] } }', '', 'container `web` adds capability SYS_ADMIN'],
  [volume('hostPath: { path: / }'), '', 'volume `v` is a folder of the node (hostPath)'],
  ['', patch('{ hostPID: true }'), 'the pod has `hostPID`'],
  [
    'ports: { http: 80 }',
    patch('{ containers: [{ name: web, ports: [{ containerPort: 80, hostPort: 80 }] }] }'),
    'container `web` takes port 80 of its node (hostPort)',
  ],
];

test.each(beyondBaseline)('beyond baseline: %s %s', (fields, entry, problem) => {
  const told = [`pod-security: Deployment/shop-web: ${problem}`];
  expect(problems(fields, entry)).toEqual(told);
  expect(problems(`podSecurity: baseline, ${fields}`, entry)).toEqual(told);
  expect(problems(`podSecurity: privileged, ${fields}`, entry)).toEqual([]);
  if (entry === '') expect(problems(fields, elsewhere), 'where somebody else makes the namespace').toEqual([]);
});

test.each([
  ['runAs: 0', 'the pod runs as user 0'],
  ['podSecurityContext: { runAsNonRoot: false }', 'the pod may run as root'],
  ['securityContext: { allowPrivilegeEscalation: true }', 'container `web` may gain privileges'],
  ['securityContext: { capabilities: { drop: [ALL], add: [CHOWN] } }', 'container `web` adds capability CHOWN'],
  [
    'securityContext: { capabilities: { drop: [CHOWN] } }',
    'the securityContext of container `web` lacks `capabilities: {drop: [ALL]}`',
  ],
  [volume('nfs: { server: a, path: / }'), 'volume `v` is of type nfs'],
])('beyond restricted alone: %s', (fields, problem) => {
  expect(problems(fields)).toEqual([`pod-security: Deployment/shop-web: ${problem}`]);
  expect(problems(`podSecurity: baseline, ${fields}`)).toEqual([]);
});

test('root in a user namespace of its own counts for no root since 1.35', () => {
  const entry = patch('{ hostUsers: false }');
  const fields = 'podSecurityContext: { runAsNonRoot: false }, runAs: 0';
  expect(problems(fields, entry, '1.34')).toHaveLength(2);
  expect(problems(fields, entry, '1.35')).toEqual([]);
});

test('who must not run as root is no user 0, whatever the namespace admits', () => {
  const told = [
    'incomplete-component: container `web` of Deployment/shop-web runs as user 0 and must not run as root (`runAsNonRoot: true`), so that it never starts',
  ];
  expect(problems('runAs: 0', elsewhere)).toEqual(told);
  expect(problems('runAs: 0, podSecurity: privileged, podSecurityContext: { runAsNonRoot: true }')).toEqual(told);
});

test.each([
  [
    'the first makes it at its own level',
    '{ stock: {}, shop: {} }',
    'which stock in dev makes, enforces Pod Security level restricted',
  ],
  ['the one that needs the most comes first', '{ shop: {}, stock: {} }', undefined],
  ['its maker labels it', `{ stock: { namespace: ${labelled('baseline')} }, shop: { ${elsewhere} } }`, undefined],
  [
    'its maker labels it with too little',
    `{ stock: { namespace: ${labelled('restricted')} }, shop: { ${elsewhere} } }`,
    'restricted',
  ],
  ['nobody here makes it', `{ stock: { ${elsewhere} }, shop: { ${elsewhere} } }`, undefined],
])('of a shared namespace: %s', (_, systems, problem) => {
  const told = compileFleet(
    new Map([
      ['stowage.yaml', `${head('Fleet', 'f')}spec: { repository: { url: "https://git.example.com/f.git" } }\n`],
      ['clusters/dev/cluster.yaml', `${head('Cluster', 'dev')}spec: { kubernetes: "1.33" }\n`],
      ['clusters/dev/dev.yaml', `${head('Environment', 'dev')}spec: { namespace: shop, systems: ${systems} }\n`],
      ['systems/shop/system.yaml', component('shop', 'podSecurity: baseline, runAs: 0')],
      ['systems/stock/system.yaml', component('stock', 'runAs: 1')],
    ]),
  ).diagnostics;
  expect(told.map(({ code }) => code)).toEqual(problem === undefined ? [] : ['pod-security']);
  if (problem !== undefined) expect(told[0]?.message).toContain(problem);
});
