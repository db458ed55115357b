import { describe, expect, it } from 'vitest';
import { describeSteps } from '../../src/drift/steps.ts';
import { enlargedValues, undeclaredFields } from '../../src/drift/undeclared-fields.ts';
import type { PlainObject } from '../../src/model/desired-object.ts';

const declared: PlainObject = {
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: { template: { spec: { containers: [{ name: 'web', image: 'a', ports: [{ containerPort: 80 }] }] } } },
};

interface Writing {
  readonly manager: string;
  readonly operation?: 'Apply' | 'Update';
  readonly subresource?: string;
  readonly time?: string;
  readonly fields: PlainObject;
}

function told(live: PlainObject, ...writings: Writing[]): string[] {
  const managedFields = writings.map(({ fields, operation = 'Update', time = '2026-02-02T02:02:02Z', ...rest }) => ({
    ...rest,
    operation,
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
  }));
  const metadata = { ...(live.metadata as PlainObject), managedFields, creationTimestamp: '2026-01-01T01:01:01Z' };
  return undeclaredFields(declared, { ...live, metadata }).map(({ what, steps, ownership }) =>
    [what, describeSteps(steps), ownership.owner.manager].join(' '),
  );
}

const label = (name: string) => ({ 'f:metadata': { 'f:labels': { '.': {}, [`f:${name}`]: {} } } });
const withLabel = (name: string): PlainObject => ({
  ...declared,
  metadata: { name: 'web', labels: { app: 'web', [name]: 'x' } },
});
const inContainer = (fields: PlainObject) => ({
  'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': fields } } } },
});
const withContainer = (fields: PlainObject): PlainObject => ({
  ...declared,
  spec: {
    template: { spec: { containers: [{ name: 'web', image: 'a', ports: [{ containerPort: 80, protocol: 'TCP' }], ...fields }] } },
  },
});

describe('whose hand it was', () => {
  it.each<[string, Omit<Writing, 'fields'>, string[]]>([
    ['a person', { manager: 'kubectl-label' }, ['added metadata.labels.team kubectl-label']],
    ['a tool of the infrastructure', { manager: 'Terraform', operation: 'Apply' }, ['added metadata.labels.team Terraform']],
    ['a browser', { manager: 'Mozilla' }, ['added metadata.labels.team Mozilla']],
    [
      'the deployer, once',
      { manager: 'argocd-controller', operation: 'Apply' },
      ['leftover metadata.labels.team argocd-controller'],
    ],
    ['the deployer, by the way', { manager: 'argocd-controller' }, []],
    ['a controller', { manager: 'kube-controller-manager' }, []],
    ['an operator', { manager: 'backup-operator' }, []],
    ['a program that nobody knows', { manager: 'cost-tagger' }, []],
    ['a person who writes a status', { manager: 'kubectl-edit', subresource: 'status' }, []],
  ])('%s', (_, writing, expected) => {
    expect(told(withLabel('team'), { ...writing, fields: label('team') })).toEqual(expected);
  });
});

it('tells what a program that nobody knows wrote beyond labels and annotations', () => {
  const fields = inContainer({ 'f:stdin': {} });
  expect(told(withContainer({ stdin: true }), { manager: 'tuner', fields })).toEqual([
    'added spec.template.spec.containers[web].stdin tuner',
  ]);
});

it('tells an element once, and not each of its fields', () => {
  const fields = inContainer({ 'f:env': { '.': {}, 'k:{"name":"DEBUG"}': { '.': {}, 'f:name': {}, 'f:value': {} } } });
  const live = withContainer({ env: [{ name: 'DEBUG', value: '1' }] });
  expect(told(live, { manager: 'kubectl-set', fields })).toEqual(['added spec.template.spec.containers[web].env kubectl-set']);
});

it('does not tell what is declared, by whomever it is owned', () => {
  const fields = inContainer({
    '.': {},
    'f:image': {},
    'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
  });
  expect(told(withContainer({}), { manager: 'kubectl-edit', fields })).toEqual([]);
});

it('does not tell what is gone by now', () => {
  expect(told(declared, { manager: 'kubectl-label', fields: label('team') })).toEqual([]);
});

it.each([
  'kubectl.kubernetes.io/restartedAt',
  'kubectl.kubernetes.io/last-applied-configuration',
  'argocd.argoproj.io/tracking-id',
])('does not tell %s, which is written in passing', (name) => {
  const live = { ...declared, metadata: { name: 'web', labels: { app: 'web' }, annotations: { [name]: 'x' } } };
  const fields = { 'f:metadata': { 'f:annotations': { '.': {}, [`f:${name}`]: {} } } };
  expect(told(live, { manager: 'kubectl-rollout', fields })).toEqual([]);
});

it('of who sent a whole object, at whatever time, tells no defaults and all else', () => {
  const fields = {
    ...label('team'),
    ...inContainer({ 'f:terminationMessagePath': {}, 'f:stdin': {}, 'f:securityContext': {} }),
  };
  const more = { terminationMessagePath: '/dev/termination-log', stdin: true, securityContext: {} };
  const live = { ...withContainer(more), metadata: withLabel('team').metadata };
  for (const time of ['2026-01-01T01:01:01Z', '2026-03-03T03:03:03Z'])
    expect(told(live, { manager: 'helm', time, fields })).toEqual([
      'added metadata.labels.team helm',
      'added spec.template.spec.containers[web].stdin helm',
    ]);
});

describe('a value that goes as one', () => {
  const policy = { spec: { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] } };
  const enlarged = (live: PlainObject, manager: string) =>
    enlargedValues(policy, {
      ...live,
      metadata: {
        managedFields: [{ manager, operation: 'Update', fieldsV1: { 'f:spec': { 'f:podSelector': {}, 'f:ingress': {} } } }],
      },
    }).map(({ steps }) => describeSteps(steps));

  it.each<[string, PlainObject, string[]]>([
    ['as it is declared', policy, []],
    ['with what is filled in', { spec: { podSelector: {}, ingress: [{ ports: [{ port: 80, protocol: 'TCP' }] }] } }, []],
    ['that selects less', { spec: { ...policy.spec, podSelector: { matchLabels: { a: 'b' } } } }, ['spec.podSelector']],
    ['that lets more in', { spec: { ...policy.spec, ingress: [{ ports: [{ port: 80, endPort: 90 }] }] } }, ['spec.ingress']],
    ['that lets everybody in', { spec: { ...policy.spec, ingress: [{ ports: [{ port: 80 }], from: {} }] } }, ['spec.ingress']],
    ['with one rule more', { spec: { ...policy.spec, ingress: [...policy.spec.ingress, {}] } }, ['spec.ingress']],
  ])('%s', (_, live, expected) => {
    for (const manager of ['kubectl-edit', 'argocd-controller', 'some-operator'])
      expect(enlarged(live, manager)).toEqual(expected);
  });
});

it.each<[string, unknown]>([
  ['is no list', 'x'],
  ['has an entry that is none', [{ manager: 7 }, null]],
  [
    'has keys that are no JSON',
    [{ manager: 'kubectl', operation: 'Update', fieldsV1: { 'f:spec': { 'k:{': {}, 'v:{': {}, '?': {} } } }],
  ],
])('survives managed fields of which somebody made nonsense: it %s', (_, managedFields) => {
  expect(undeclaredFields(declared, { ...declared, metadata: { name: 'web', managedFields } })).toEqual([]);
});
