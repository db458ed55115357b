import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelFor } from '../../src/sealing/scope.ts';
import { unsealValue } from '../../src/sealing/unseal-value.ts';
import { settings } from '../support/fast-check-settings.ts';
import { repository } from '../support/fleet-files.ts';
import { withValueFiles } from '../support/run-in-process.ts';
import { files, macKey, one, readSealed, type SealRun, sealRun } from '../support/seal-run.ts';
import { throwawayKey } from './throwaway.ts';

function saltOf(run: SealRun): Buffer | undefined {
  const { encrypted, scope, namespace = '', name = '' } = readSealed(run, files.session);
  return unsealValue(encrypted.get('salt') ?? '', [throwawayKey('valid')], labelFor(scope, namespace, name));
}

test('whatever bytes are given, the same come out; given once more, they change nothing', async () => {
  const run = sealRun();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      await withValueFiles({ salt: bytes }, async (folder) => {
        const words = [...one, 'session/salt', '--from-file', `salt=${folder}/salt`];
        await run.seal(words);
        const text = run.text(files.session);
        expect(saltOf(run)?.equals(bytes)).toBe(true);
        await run.seal(words);
        expect(run.text(files.session)).toBe(text);
      });
    }),
    settings(25),
  );
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a NUL', Buffer.of(0)],
  ['line breaks at its end', Buffer.from('value\r\n\n')],
  ['more than a pipe holds at once', randomBytes(300_000)],
])('what comes through a pipe is taken byte for byte: %s', (_, bytes) => {
  const run = sealRun();
  const words = ['seal', ...one, 'session/salt', '--from-file', 'salt=/dev/stdin'];
  const { status, stderr } = spawnSync(process.execPath, [join(repository, 'bin/stowage.cjs'), ...words], {
    cwd: run.folder,
    input: bytes,
    env: { ...process.env, STOWAGE_MAC_KEY: macKey },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(saltOf(run)?.equals(bytes)).toBe(true);
});
