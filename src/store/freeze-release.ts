import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printYaml } from '../model/print-yaml.ts';
import { releaseDigest } from '../read/read-release.ts';
import type { ReleaseInput } from '../read/sort-inputs.ts';
import { Failure } from './fail.ts';
import { failpoint } from './failpoint.ts';
import { openStage } from './stage.ts';

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
  // Out of the inputs until it is whole; the next run clears up after one that was killed.
  const stage = openStage(fleet, 'write');
  const draft = join(stage.folder, 'release');
  try {
    const put = (name: string, content: Uint8Array | string) => {
      mkdirSync(dirname(join(draft, name)), { recursive: true });
      writeFileSync(join(draft, name), content);
    };
    put('system.yaml', files.get(head.documentPath) as Uint8Array);
    for (const [name, path] of head.files) put(`files/${name}`, files.get(path) as Uint8Array);
    put('release.yaml', printYaml(document));
    failpoint();
    renameSync(draft, join(fleet, folder));
  } finally {
    stage.remove();
  }
  return folder;
}
