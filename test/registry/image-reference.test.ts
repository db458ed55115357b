import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseImageReference, printImageReference, splitImage } from '../../src/model/image-reference.ts';
import { settings } from '../support/fast-check-settings.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const hub = 'registry-1.docker.io';

test.each([
  ['nginx', hub, 'library/nginx', 'nginx', undefined, undefined],
  ['docker.io/nginx:1.27', hub, 'library/nginx', 'docker.io/nginx', '1.27', undefined],
  ['grafana/grafana:10.2.2', hub, 'grafana/grafana', 'grafana/grafana', '10.2.2', undefined],
  ['index.docker.io/library/nginx', hub, 'library/nginx', 'index.docker.io/library/nginx', undefined, undefined],
  [`ghcr.io/org/web:2.1.1@${digest}`, 'ghcr.io', 'org/web', 'ghcr.io/org/web', '2.1.1', digest],
  [`web@${digest}`, hub, 'library/web', 'web', undefined, digest],
  [
    'registry.example.com:5000/team/web:2.1.1',
    'registry.example.com:5000',
    'team/web',
    'registry.example.com:5000/team/web',
    '2.1.1',
    undefined,
  ],
  ['localhost/web', 'localhost', 'web', 'localhost/web', undefined, undefined],
  ['localhost:5000', hub, 'library/localhost', 'localhost', '5000', undefined],
  ['registry:5000/web', 'registry:5000', 'web', 'registry:5000/web', undefined, undefined],
  ['[::1]:5000/web:1', '[::1]:5000', 'web', '[::1]:5000/web', '1', undefined],
  ['Registry.Example.com/web', 'registry.example.com', 'web', 'Registry.Example.com/web', undefined, undefined],
  ['minio/minio:RELEASE.2025-09-07T16-13-09Z', hub, 'minio/minio', 'minio/minio', 'RELEASE.2025-09-07T16-13-09Z', undefined],
  ['a__b/c-_d', undefined, undefined, undefined, undefined, undefined],
  [`web@sha512:${'a'.repeat(128)}`, hub, 'library/web', 'web', undefined, `sha512:${'a'.repeat(128)}`],
  ['quay.io/a__b/c--d/e.f', 'quay.io', 'a__b/c--d/e.f', 'quay.io/a__b/c--d/e.f', undefined, undefined],
])('%s', (text, registry, repository, name, tag, hex) => {
  const read = parseImageReference(text);
  if (registry === undefined) return expect(read).toHaveProperty('problem');
  expect(read).toEqual({ name, registry, repository, tag, digest: hex });
  if (!('problem' in read)) expect(printImageReference(read)).toBe(text);
});

test.each([
  ['', 'it is empty'],
  ['ghcr.io/org/Web:1', 'upper case'],
  ['Web', 'upper case'],
  ['ghcr.io/org/web:', 'nothing behind its last `:`'],
  ['ghcr.io/org/web:-1', 'its tag may have'],
  [`web:${'a'.repeat(129)}`, '129 letters'],
  ['ghcr.io/org/web@sha256:abc', 'its digest has 3 digits'],
  [`web@${digest.toUpperCase().replace('SHA', 'sha')}`, 'upper case letters; write it in lower case'],
  [`web@sha512:${'a'.repeat(64)}`, 'its digest has 64 digits; one of sha512 has 128'],
  [`web@md5:${'a'.repeat(32)}`, 'one of md5; known are sha256'],
  ['web:2.1.0@', 'no digest'],
  ['a:b:c', 'its repository may have'],
  ['web@', 'no digest'],
  [`web@${digest}@${digest}`, 'no digest'],
  ['https://ghcr.io/org/web', 'address'],
  ['ghcr.io//web', 'between two'],
  ['ghcr.io/web/', 'between two'],
  ['/web', 'between two'],
  [':1', 'names no repository'],
  ['ghcr.io:99999/web', 'no name of a registry'],
  ['[::1/web', 'no name of a registry'],
  ['-x.io/web', 'no name of a registry'],
  ['a..b/c', 'no name of a registry'],
  ['web tag', 'blank'],
  ['${parameters.registry}web:1', 'expression'],
  [`ghcr.io/${'a/'.repeat(200)}b`, '409 letters'],
])('%s is no image: %s', (text, words) => {
  expect(parseImageReference(text)).toEqual({ problem: expect.stringContaining(words) });
});

test('a problem repeats nothing of what was pasted by mistake', () => {
  for (const text of ['https://me:hunter2hunter2@ghcr.io/web', 'me:hunter2hunter2@ghcr.io/web', 'me:hunter2hunter2 @ghcr.io/web'])
    expect(JSON.stringify(parseImageReference(text))).not.toContain('hunter2');
});

test('whatever is read is printed as it was written', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab0:/@.-_[]A'), maxLength: 30 });
  fc.assert(
    fc.property(text, fc.boolean(), (name, pinned) => {
      const written = pinned ? `${name}@${digest}` : name;
      expect(printImageReference(splitImage(written))).toBe(written);
      const read = parseImageReference(written);
      if ('problem' in read) return;
      expect(printImageReference(read)).toBe(written);
      expect(new URL(`https://${read.registry}/v2/${read.repository}/manifests/${read.tag}`).pathname).toBe(
        `/v2/${read.repository}/manifests/${read.tag}`,
      );
    }),
    settings(500),
  );
});
