import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printYaml } from '../model/print-yaml.ts';
import { releaseDigest } from '../read/read-documents.ts';
import type { ReleaseInput } from '../read/sort-inputs.ts';
import { Failure } from './fail.ts';
import { failpoint } from './failpoint.ts';

/** Copies the head of a System to a release, byte for byte, with a digest that tells a later edit. */
export function freezeRelease(
  fleet: string,
  files: ReadonlyMap<string, Uint8Array>,
  head: ReleaseInput,
  version: string,
): string {
  const { system } = head;
  const folder = `systems/${system}/releases/${version}`;
  if (existsSync(join(fleet, folder)))
    throw new Failure(`${folder} exists already, and a release never changes`, 'choose another version');
  const document = {
    apiVersion: 'stowage.dev/v1',
    kind: 'Release',
    metadata: { name: version },
    spec: { system, digest: releaseDigest(files, head) },
  };
  mkdirSync(join(fleet, `systems/${system}/releases`), { recursive: true });
  // Hidden from the compiler until it is whole.
  const draft = mkdtempSync(join(fleet, `systems/${system}/releases/.draft-`));
  try {
    const put = (name: string, content: Uint8Array | string) => {
      mkdirSync(dirname(join(draft, name)), { recursive: true });
      writeFileSync(join(draft, name), content);
    };
    put('system.yaml', files.get(head.documentPath) as Uint8Array);
    for (const [name, path] of head.files) put(`files/${name}`, files.get(path) as Uint8Array);
    put('release.yaml', printYaml(document));
    // A temporary folder is its maker's alone; a release is everybody's.
    chmodSync(draft, 0o755);
    failpoint();
    renameSync(draft, join(fleet, folder));
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}
