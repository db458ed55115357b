import { expect, test } from 'vitest';
import { secretReaders } from '../../src/sealing/secret-readers.ts';

const read = (spec: object) =>
  secretReaders([{ kind: 'Deployment', name: 'web', plain: { spec } } as never]).map(({ secret, keys }) => ({ secret, keys }));

test.each<[string, object, object]>([
  ['a variable', { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }, { secret: 's', keys: ['k'] }],
  ['all variables', { envFrom: [{ secretRef: { name: 's' } }] }, { secret: 's', keys: 'all' }],
  ['a volume', { volumes: [{ name: 'v', secret: { secretName: 's' } }] }, { secret: 's', keys: 'all' }],
  ['some files', { volumes: [{ secret: { secretName: 's', items: [{ key: 'k', path: 'p' }] } }] }, { secret: 's', keys: ['k'] }],
  ['a projected volume', { volumes: [{ projected: { sources: [{ secret: { name: 's' } }] } }] }, { secret: 's', keys: 'all' }],
  ['a registry', { imagePullSecrets: [{ name: 's' }] }, { secret: 's', keys: 'all' }],
  ['a certificate', { tls: [{ hosts: ['h'], secretName: 's' }] }, { secret: 's', keys: 'all' }],
])('%s is read', (_, spec, reader) => {
  expect(read(spec)).toEqual([reader]);
});

test('what only looks like a reference is none', () => {
  expect(read({ env: [{ name: 'secretName', value: 's' }], volumes: [{ name: 's', emptyDir: {} }] })).toEqual([]);
});
