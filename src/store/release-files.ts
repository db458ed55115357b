import type { InputFiles } from '../model/input-files.ts';
import { printYaml } from '../model/print-yaml.ts';
import { releaseDigest } from '../read/read-release.ts';
import type { ReleaseInput } from '../read/sort-inputs.ts';

export function releaseFolder(system: string, version: string): string {
  return `systems/${system}/releases/${version}`;
}

/** The files of a release by their path in its folder: those of the head, byte for byte, and a digest that tells a later edit. */
export function releaseFiles(files: InputFiles, head: ReleaseInput, version: string): Map<string, Uint8Array> {
  const document = {
    apiVersion: 'stowage.dev/v1',
    kind: 'Release',
    metadata: { name: version },
    spec: { system: head.system, digest: releaseDigest(files, head) },
  };
  const content = (path: string) => files.get(path) as Uint8Array;
  return new Map([
    ['system.yaml', content(head.documentPath)],
    ...[...head.files].map(([name, path]) => [`files/${name}`, content(path)] as const),
    ['release.yaml', new TextEncoder().encode(printYaml(document))],
  ]);
}
