import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCertificate, refuseCertificate } from '../../src/sealing/certificate.ts';
import { keysOfPem } from '../../src/sealing/controller-keys.ts';
import { parseEnvFile } from '../../src/sealing/parse-env-file.ts';
import { labelFor, scopeOf } from '../../src/sealing/scope.ts';
import { unsealValue } from '../../src/sealing/unseal-value.ts';
import { repository } from '../support/fleet-files.ts';
import { type Any, fleet, inputs, renders } from './fleet.ts';

const throwaway = join(repository, 'test/fleet/throwaway');
const decoder = new TextDecoder();
const clusters = ['dev', 'staging', 'prod-eu', 'prod-us'];
const keyOf = (cluster: string) => keysOfPem(readFileSync(join(throwaway, `${cluster}.key`), 'utf8')).keys;

/** As the controller would open it: by what is rendered, with the key of its cluster. */
function opened(environment: string, secret: Any): Map<string, string | undefined> {
  const cluster = clusters.find((name) => inputs.has(`clusters/${name}/${environment}.yaml`)) as string;
  const { name, namespace, annotations } = secret.metadata;
  const label = labelFor(scopeOf(annotations ?? {}), namespace, name);
  return new Map(
    Object.entries(secret.spec.encryptedData as Record<string, string>).map(([key, blob]) => [
      key,
      unsealValue(blob, keyOf(cluster), label)?.toString(),
    ]),
  );
}

const secrets = renders.flatMap(({ name, environment, objects }) =>
  objects.filter(({ kind }) => kind === 'SealedSecret').map((secret) => ({ place: name, environment, secret })),
);

describe('what is sealed in the reference fleet', () => {
  it.each(clusters)(
    'is sealed for a certificate of %s that is pinned, valid, and whose key says that it is a throwaway',
    (cluster) => {
      const pem = decoder.decode(inputs.get(`clusters/${cluster}/sealing.pem`));
      const [, pin] = /sha256: ([0-9a-f]{64})/.exec(decoder.decode(inputs.get(`clusters/${cluster}/cluster.yaml`))) ?? [];
      const certificate = readCertificate(pem);
      expect(certificate && pin !== undefined && refuseCertificate(certificate, pin, new Date())).toBeUndefined();
      const [key] = keyOf(cluster);
      expect(key && createPublicKey(key).equals(certificate?.publicKey as never)).toBe(true);
      expect(readFileSync(join(throwaway, `${cluster}.key`), 'utf8')).toMatch(/^A throwaway key\./);
    },
  );

  it('is everything: no key is missing anywhere', () => {
    expect(secrets.length).toBeGreaterThan(50);
    const missing = secrets.filter(({ secret }) => secret.metadata.annotations?.['stowage.dev/missing-keys'] !== undefined);
    expect(missing.map(({ place, secret }) => `${place} ${secret.metadata.name}`)).toEqual([]);
    expect(fleet.diagnostics).toEqual([]);
  });

  it.each(secrets)('$place $secret.metadata.name opens in its cluster, and in none other', ({ environment, secret }) => {
    for (const [key, value] of opened(environment, secret)) expect(value, key).toBeTypeOf('string');
    const elsewhere = environment === 'prod-eu' ? 'prod-us' : 'prod-eu';
    expect([...opened(elsewhere, secret).values()].filter((value) => value !== undefined)).toEqual([]);
    const renamed = { ...secret, metadata: { ...secret.metadata, name: `${secret.metadata.name}-x` } };
    expect([...opened(environment, renamed).values()].filter((value) => value !== undefined)).toEqual([]);
  });

  it('has no value twice: what leaks in one environment opens nothing in another', () => {
    const values = secrets.flatMap(({ environment, secret }) => [...opened(environment, secret).values()]);
    expect(new Set(values).size).toBe(values.length);
  });

  it('holds the throwaway values where they were given', () => {
    for (const file of readdirSync(join(throwaway, 'values'))) {
      const [environment = '', system = ''] = file.split('.');
      const all = secrets
        .filter(({ place }) => place === `${environment}/${system}`)
        .flatMap(({ secret }) => [...opened(environment, secret)]);
      for (const { name, value } of parseEnvFile(readFileSync(join(throwaway, 'values', file), 'utf8')).entries)
        expect(all, `${file}: ${name}`).toContainEqual([name.split('/').at(-1), value]);
    }
  });

  it('gives Flow-Like two halves of one key', () => {
    for (const { environment, secret } of secrets.filter(({ secret: { metadata } }) => metadata.name === 'flow-like-api-keys')) {
      const values = opened(environment, secret);
      const pem = (key: string) => Buffer.from(values.get(key) as string, 'base64').toString();
      const [whole, half] = [createPrivateKey(pem('BACKEND_KEY')), createPublicKey(pem('BACKEND_PUB'))];
      expect(whole.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
      expect(createPublicKey(whole).equals(half)).toBe(true);
    }
  });

  it('makes letters and digits of what stands in a URL', () => {
    const inUrls = secrets.filter(({ secret: { metadata } }) => /postgres(ql|-credentials)?$|redis$/.test(metadata.name));
    expect(inUrls.length).toBeGreaterThan(8);
    for (const { environment, secret } of inUrls)
      for (const [key, value] of opened(environment, secret)) expect(value, key).toMatch(/^[A-Za-z0-9]{32}$/);
  });
});
