import { describe, expect, it } from 'vitest';
import type { Violation } from '../../src/kubernetes/check-value.ts';
import { supportedMinors } from '../../src/kubernetes/load-schemas.ts';
import { validateObject } from '../../src/kubernetes/validate-object.ts';
import { builtInSamples, customSamples, type SampleObject, sampleDeployment } from './sample-objects.ts';
import { schemasOf } from './schemas-of.ts';

type Step = string | number;

/** Validates a sample with the value at the path replaced; undefined deletes it. */
function violationsWith(path: Step[], value: unknown, sample: SampleObject = sampleDeployment()): Violation[] {
  // Unlike structuredClone, this separates parts that the sample shares.
  const changed = JSON.parse(JSON.stringify(sample));
  const parent = path.slice(0, -1).reduce<never>((current, step) => current[step as never] as never, changed as never) as Record<
    Step,
    unknown
  >;
  const last = path.at(-1) as Step;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return validateObject(changed, schemasOf('1.36'));
}

const container = ['spec', 'template', 'spec', 'containers', 0];

describe.each(supportedMinors)('Kubernetes %s', (minor) => {
  it.each([...builtInSamples, ...customSamples])('takes a right $apiVersion $kind', (sample) => {
    expect(validateObject(sample, schemasOf(minor))).toEqual([]);
  });
});

describe('unknown fields', () => {
  it('are found, with the names that would be known', () => {
    const [violation, ...others] = violationsWith([...container, 'imagePolicy'], 'Always');
    expect(others).toEqual([]);
    expect(violation).toMatchObject({ path: [...container, 'imagePolicy'], problem: 'unknown-field' });
    expect(violation?.known).toContain('imagePullPolicy');
  });

  it('are found at the top, in metadata and under inherited names', () => {
    expect(violationsWith(['sepc'], {})).toMatchObject([{ path: ['sepc'], problem: 'unknown-field' }]);
    expect(violationsWith(['metadata', 'label'], {})).toMatchObject([{ path: ['metadata', 'label'] }]);
    expect(violationsWith(['spec', 'constructor'], 1)).toMatchObject([{ path: ['spec', 'constructor'] }]);
  });

  it('are found in custom resources, except where these preserve them', () => {
    const [sealedSecret, certificate, application] = customSamples as [SampleObject, SampleObject, SampleObject];
    expect(violationsWith(['spec', 'dnsName'], ['a'], certificate)).toMatchObject([{ path: ['spec', 'dnsName'] }]);
    expect(violationsWith(['metadata', 'label'], {}, certificate)).toMatchObject([{ path: ['metadata', 'label'] }]);
    expect(violationsWith(['spec', 'template', 'metadata', 'more'], 1, sealedSecret)).toEqual([]);
    expect(violationsWith(['spec', 'source', 'helm', 'valuesObject', 'more'], [null], application)).toEqual([]);
  });

  it('may be undefined', () => {
    expect(validateObject({ ...sampleDeployment(), status: undefined, more: undefined }, schemasOf('1.36'))).toEqual([]);
  });
});

describe('wrong types', () => {
  it.each<[Step[], unknown, string]>([
    [['spec', 'replicas'], '3', 'expected an integer, found the string "3"'],
    [['spec', 'replicas'], 1.5, 'expected an integer, found the number 1.5'],
    [['spec', 'paused'], 'yes', 'expected true or false, found the string "yes"'],
    [[...container, 'env', 0, 'value'], 8080, 'expected a string, found the number 8080'],
    [['metadata', 'labels', 'app.kubernetes.io/name'], true, 'expected a string, found true'],
    [['metadata', 'annotations', 'note'], null, 'expected a string, found null'],
    [[...container, 'args'], '--help', 'expected a list, found the string "--help"'],
    [[...container, 'args'], [1], 'expected a string, found the number 1'],
    [['spec', 'template'], [], 'expected an object, found a list'],
    [[...container, 'livenessProbe', 'tcpSocket', 'port'], true, 'expected an integer or a string, found true'],
    [[...container, 'livenessProbe', 'tcpSocket', 'port'], 80.5, 'expected an integer or a string, found the number 80.5'],
    [[...container, 'resources', 'limits', 'cpu'], true, 'expected a quantity such as 1, "100m" or "1Gi", found true'],
  ])('are found at %j', (path, value, message) => {
    const expected = Array.isArray(value) && value.length > 0 ? [...path, 0] : path;
    expect(violationsWith(path, value)).toEqual([{ path: expected, problem: 'wrong-type', message }]);
  });

  it('do not include null for "not set"', () => {
    expect(violationsWith(['spec', 'replicas'], null)).toEqual([]);
  });
});

describe('missing fields', () => {
  it.each<[Step[]]>([
    [['spec', 'selector']],
    [[...container, 'name']],
    [[...container, 'readinessProbe', 'httpGet', 'port']],
    [['apiVersion']],
    [['kind']],
  ])('are found at %j', (path) => {
    const message = `required field "${String(path.at(-1))}" is missing`;
    expect(violationsWith(path, undefined)).toEqual([{ path, problem: 'missing-field', message }]);
  });

  it('include required fields that are null', () => {
    expect(violationsWith(['spec', 'selector'], null)).toMatchObject([{ problem: 'missing-field' }]);
  });

  it('are found in custom resources', () => {
    expect(violationsWith(['spec', 'destination'], undefined, customSamples[2])).toMatchObject([
      { path: ['spec', 'destination'], problem: 'missing-field' },
    ]);
  });
});

describe('values that are not allowed', () => {
  it('are found where the source lists the allowed ones', () => {
    expect(violationsWith([...container, 'imagePullPolicy'], 'Sometimes')).toEqual([
      {
        path: [...container, 'imagePullPolicy'],
        problem: 'not-allowed',
        message: 'expected one of Always, IfNotPresent, Never, found the string "Sometimes"',
        known: ['Always', 'IfNotPresent', 'Never'],
      },
    ]);
    expect(violationsWith([...container, 'imagePullPolicy'], '')).toEqual([]);
    expect(violationsWith([...container, 'imagePullPolicy'], 1)).toMatchObject([{ problem: 'wrong-type' }]);
    expect(violationsWith(['spec', 'privateKey', 'algorithm'], 'DSA', customSamples[1])).toMatchObject([
      { problem: 'not-allowed', known: ['RSA', 'ECDSA', 'Ed25519'] },
    ]);
  });

  it('include quantities, base64 and 32-bit integers out of form', () => {
    const cpu = [...container, 'resources', 'limits', 'cpu'];
    for (const right of ['100m', 1, '1Gi', 0.5, '1e3', '.5', '+1', '12E']) expect(violationsWith(cpu, right)).toEqual([]);
    for (const wrong of ['1 Gi', '1gb', '', 'lots', '1mi', '1.2.3']) {
      expect(violationsWith(cpu, wrong)).toMatchObject([{ path: cpu, problem: 'not-allowed' }]);
    }
    for (const below of ['-64Mi', -1, '-.5']) {
      expect(violationsWith(cpu, below)).toMatchObject([{ path: cpu, message: expect.stringContaining('below zero') }]);
    }
    expect(violationsWith(['spec', 'replicas'], 2 ** 31)).toMatchObject([{ problem: 'not-allowed' }]);
    const secret = { apiVersion: 'v1', kind: 'Secret', data: { a: 'hunter2!' } };
    const violations = validateObject(secret, schemasOf('1.36'));
    expect(violations).toMatchObject([{ path: ['data', 'a'], problem: 'not-allowed' }]);
    expect(violations[0]?.message).not.toContain('hunter2');
  });

  it('do not include either form of an int-or-string', () => {
    const port = [...container, 'livenessProbe', 'tcpSocket', 'port'];
    for (const right of ['http', 8080, '8080']) expect(violationsWith(port, right)).toEqual([]);
  });
});

describe('unknown kinds', () => {
  const unknown = (minor: string, apiVersion: string, kind: string): Violation[] =>
    validateObject({ apiVersion, kind, metadata: { name: 'a' } }, schemasOf(minor));

  it('name what to use instead', () => {
    expect(unknown('1.36', 'flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema')).toEqual([
      {
        path: ['apiVersion'],
        problem: 'unknown-kind',
        message:
          'Kubernetes 1.36 no longer has (removed in 1.32) flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema; ' +
          'use flowcontrol.apiserver.k8s.io/v1 FlowSchema',
        known: ['flowcontrol.apiserver.k8s.io/v1'],
      },
    ]);
    expect(unknown('1.36', 'apps/v2', 'Deployment')).toMatchObject([{ path: ['apiVersion'], known: ['apps/v1'] }]);
    expect(unknown('1.36', 'apps/v1', 'Deploymet')[0]).toMatchObject({ path: ['kind'] });
    expect(unknown('1.36', 'apps/v1', 'Deploymet')[0]?.known).toContain('Deployment');
    expect(unknown('1.36', 'example.org/v1', 'Thing')).toMatchObject([{ path: ['apiVersion'], known: [] }]);
  });

  it('differ from what is no object at all', () => {
    for (const value of [null, [], 'text', 1, new Date(0)]) {
      expect(validateObject(value, schemasOf('1.36'))).toMatchObject([{ path: [], problem: 'wrong-type' }]);
    }
  });
});
