import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type CompileResult, compile } from '../../src/index.ts';
import { asBytes, partOfFleet } from '../support/fleet-files.ts';
import { type Any, clean, get, inputs, propertiesOf } from './fleet.ts';

const own = partOfFleet(inputs, (path) =>
  /^(stowage\.yaml|systems\/fluss\/(?!releases)|clusters\/dev\/(cluster|sealing))/.test(path),
);

/** Fluss alone, as it is being worked on, in an environment that chooses this. */
function choose(entry: Any): CompileResult {
  const environment = {
    apiVersion: 'stowage.dev/v1',
    kind: 'Environment',
    metadata: { name: 'try' },
    spec: { stage: 'dev', systems: { fluss: entry } },
  };
  return compile(asBytes(new Map<string, string | Uint8Array>([...own, ['clusters/dev/try.yaml', dump(environment)]])));
}

const name = 'try/fluss';
const autoscale = { min: 1, max: 3, cpu: 70 };
const roleArn = 'arn:aws:iam::123456789012:role/fluss';
const members = 'zk-1.example.com:2181,zk-2.example.com:2181';
const zookeeper = { external: { url: members } };
const properties = (result: CompileResult) => propertiesOf(get(name, 'ConfigMap/fluss-conf-file', result).data['server.yaml']);

describe('refuses what would not work:', () => {
  it.each([
    ['coordinators by autoscaler', { components: { coordinator: { autoscale } } }, /several coordinators/],
    ['an ensemble by autoscaler', { components: { zookeeper: { autoscale } } }, /names of all/],
    ['object stores by autoscaler', { components: { minio: { enabled: true, autoscale } } }, /several MinIO/],
    ['JobManagers by autoscaler', { components: { jobmanager: { enabled: true, autoscale } } }, /several JobManagers/],
    [
      'tablet servers by autoscaler on disks of their own',
      { profiles: ['minimal'], components: { tablet: { autoscale } }, parameters: { snapshotInterval: '1min' } },
      /directory that all share/,
    ],
    ['a path that Fluss would cut', { parameters: { pathRoot: '/a#b' } }, /pathRoot/],
    ['a region that Fluss would cut', { parameters: { region: 'eu#1' } }, /region/],
    ['a bucket that Fluss would cut', { parameters: { bucket: 'flu#ss' } }, /bucket/],
    ['a ZooKeeper that Fluss would cut', { components: { zookeeper: { external: { url: `${members}/a#b` } } } }, /follows a #/],
    [
      'a store that Fluss would cut',
      { components: { minio: { external: { url: 'https://s3.example.com/a#b' } } } },
      /follows a #/,
    ],
    ['ZooKeeper outside without its address', { profiles: ['external-zookeeper'] }, /give `external` its `url`/],
    ['S3 outside without its address', { components: { minio: { external: {} } } }, /give `external` its `url`/],
    ['S3 outside with a blank one', { components: { minio: { external: { url: '' } } } }, /give `external` its `url`/],
    ['AWS without a role', { profiles: ['external-s3'] }, /role that exists/],
    ['an ingress without a host', { components: { jobmanager: { enabled: true, ingress: { enabled: true } } } }, /has no host/],
  ])('%s', (_, entry, message) => {
    const result = choose(entry);
    const errors = result.diagnostics.filter((one) => one.severity === 'error').map((one) => `${one.code} ${one.message}`);
    expect(
      errors.filter((error) => message.test(error)),
      errors.join('\n'),
    ).not.toEqual([]);
    expect(errors.filter((error) => error.startsWith('expression-failed'))).toEqual([]);
    expect(result.ok).toBe(false);
  });
});

describe('takes from outside', () => {
  it('ZooKeeper by its members', () => {
    const result = clean(choose({ profiles: ['external-zookeeper'], components: { zookeeper } }));
    expect(properties(result)).toMatchObject({ 'zookeeper.address': members });
  });

  it.each([
    ['eu-central-1', 'https://s3.eu-central-1.amazonaws.com'],
    ['cn-north-1', 'https://s3.cn-north-1.amazonaws.com.cn'],
  ])('S3 at AWS in %s, without an address', (region, endpoint) => {
    const known = properties(clean(choose({ profiles: ['external-s3'], parameters: { region, roleArn } })));
    expect(known).toMatchObject({ 's3.endpoint': endpoint, 's3.path-style-access': 'false', 's3.assumed.role.arn': roleArn });
    expect(Object.keys(known)).not.toContain('s3.assumed.role.sts.endpoint');
  });

  it('S3 at AWS with the bucket in the path, and still the tokens of AWS', () => {
    const minio = { external: { url: 'https://s3.eu-central-1.amazonaws.com' } };
    const known = properties(clean(choose({ components: { minio }, parameters: { region: 'eu-central-1', roleArn } })));
    expect(Object.keys(known)).not.toContain('s3.assumed.role.sts.endpoint');
  });

  it('the host of the page of Flink, as a parameter or outright', () => {
    const ingress = (fields: Any) => ({ components: { jobmanager: { enabled: true, ingress: { enabled: true, ...fields } } } });
    for (const entry of [
      ingress({ host: 'flink.example.com' }),
      { ...ingress({}), parameters: { flinkHost: 'flink.example.com' } },
    ])
      expect(get(name, 'Ingress/flink-jobmanager', clean(choose(entry))).spec.rules[0].host).toBe('flink.example.com');
  });
});
