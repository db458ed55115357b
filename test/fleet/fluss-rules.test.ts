import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/index.ts';
import { asBytes, partOfFleet } from '../support/fleet-files.ts';
import { type Any, inputs } from './fleet.ts';

const own = partOfFleet(inputs, (path) =>
  /^(stowage\.yaml|systems\/fluss\/(?!releases)|clusters\/dev\/(cluster|sealing))/.test(path),
);

/** What is wrong with Fluss alone, as it is being worked on, in an environment that chooses this. */
function errorsOf(entry: Any): string {
  const environment = {
    apiVersion: 'stowage.dev/v1',
    kind: 'Environment',
    metadata: { name: 'try' },
    spec: { stage: 'dev', systems: { fluss: entry } },
  };
  const files = asBytes(new Map<string, string | Uint8Array>([...own, ['clusters/dev/try.yaml', dump(environment)]]));
  const { diagnostics } = compile(files);
  return diagnostics.flatMap(({ severity, message }) => (severity === 'error' ? [message] : [])).join('\n');
}

const saying = (properties: Any, more: Any = {}) => ({
  profiles: ['with-zookeeper', 'with-minio'],
  config: { 'fluss-conf-file': { 'server.yaml': { properties } } },
  ...more,
});

describe('server.yaml', () => {
  it.each(['bind.listeners', 'advertised.listeners', 'tablet-server.id', 'data.dir'])('says nothing of %s', (key) => {
    expect(errorsOf(saying({ [key]: 'x' }))).toMatch(/^only a pod knows/);
  });

  it('says how clients log in only where no parameter does', () => {
    const by = { 'security.protocol.map': 'INTERNAL:PLAINTEXT, CLIENT:SASL' };
    expect(errorsOf(saying(by))).toBe('');
    expect(errorsOf(saying(by, { parameters: { internalSasl: true } }))).toMatch(/follows from `internalSasl`/);
  });

  it('has no value that Fluss would cut off', () => {
    expect(errorsOf(saying({ 'kv.rocksdb.log.dir': '/tmp/a#b' }))).toMatch(/for a comment/);
    expect(errorsOf(saying({ 'kv.rocksdb.log.dir': '/tmp/a' }))).toBe('');
  });
});

it('a readiness probe waits for longer than a tablet server does', () => {
  const probed = (readiness: Any) => errorsOf({ ...saying({}), components: { tablet: { probes: { readiness } } } });
  expect(probed({ failureThreshold: 240 })).toMatch(/gives up before they do/);
  expect(probed({ periodSeconds: 3 })).toMatch(/gives up before they do/);
  expect(probed({ failureThreshold: 241 })).toBe('');
});
