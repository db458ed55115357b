import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { labelFor } from '../../src/sealing/scope.ts';
import { readSealedFile, type SealedFile } from '../../src/sealing/sealed-file.ts';
import { unsealValue } from '../../src/sealing/unseal-value.ts';
import { throwawayKey } from '../sealing/throwaway.ts';
import type { Ended } from './run-cli.ts';
import { runInProcess, withValueFiles } from './run-in-process.ts';
import { sealedFile, sealedFleetFolder } from './sealed-fleet.ts';

/** Keys of nobody, by which the tests recognize values. */
export const macKey = '8f1c2a7be0d94356a1b7c8d90e2f4a6b5c3d7e8f9012a4b6c8d0e1f2a3b4c5d6';
export const otherMacKey = 'e3b91f6a0c84d25779aa13f0c6528be41d70953fb82e6c4af19d03578e64c2ab';

export interface SealRun {
  readonly folder: string;
  /** `stowage seal` with these words. */
  readonly seal: (words: readonly string[], environment?: NodeJS.ProcessEnv) => Promise<Ended>;
  /** Values of one/shop by an env file, which is gone afterwards. */
  readonly give: (
    values: Readonly<Record<string, string>>,
    words?: readonly string[],
    environment?: NodeJS.ProcessEnv,
  ) => Promise<Ended>;
  readonly text: (path: string) => string;
  readonly edit: (path: string, from: string, to: string) => void;
}

export const one = ['-e', 'one', '-s', 'shop'];

export function sealRun(folder = sealedFleetFolder()): SealRun {
  const seal: SealRun['seal'] = (words, environment) =>
    runInProcess(folder, ['seal', ...words], environment ?? { STOWAGE_MAC_KEY: macKey });
  const text = (path: string) => readFileSync(join(folder, path), 'utf8');
  return {
    folder,
    seal,
    text,
    give: (values, words = one, environment) => {
      const lines = Object.entries(values).map(([name, value]) => `${name}='${value}'\n`);
      return withValueFiles({ values: lines.join('') }, (given) =>
        seal([...words, '--from-env-file', join(given, 'values')], environment),
      );
    },
    edit: (path, from, to) => {
      if (!text(path).includes(from)) throw new Error(`${path} has no «${from}»`);
      writeFileSync(join(folder, path), text(path).replaceAll(from, to));
    },
  };
}

export function readSealed({ text }: SealRun, path: string): SealedFile {
  const written = text(path);
  return readSealedFile(written, parse(written));
}

/** All values of a sealed file, opened with the private key that belongs to a certificate of the tests. */
export function opened(run: SealRun, path: string, key: 'valid' | 'other' = 'valid'): Record<string, string | undefined> {
  const { encrypted, scope, namespace = '', name = '' } = readSealed(run, path);
  const label = labelFor(scope, namespace, name);
  return Object.fromEntries(
    [...encrypted].map(([field, blob]) => [field, unsealValue(blob, [throwawayKey(key)], label)?.toString()]),
  );
}

export const files = {
  db: sealedFile('one', 'db'),
  session: sealedFile('one', 'session'),
  account: sealedFile('one', 'account'),
  made: sealedFile('one', 'made', 'mail'),
};
