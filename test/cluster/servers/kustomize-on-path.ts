import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findKustomize } from '../../../src/verify/find-kustomize.ts';
import { kustomizeVersion } from '../../../src/verify/kustomize-build.ts';

/** A folder for the PATH of Argo CD, which calls `kustomize`; where there is only a kubectl, its own kustomize answers to that. */
export async function kustomizeOnPath(folder: string): Promise<string> {
  const found = await findKustomize(process.env);
  if (found.source === 'kustomize') return dirname(found.command);
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const version = /kustomize (v[0-9.]+)/.exec(await kustomizeVersion(found))?.[1] ?? 'v5.0.0';
  const script = `#!/bin/sh
case $1 in
  version) echo ${version} ;;
  build) shift; exec '${found.command}' kustomize "$@" ;;
  *) echo "only build and version are known here" >&2; exit 1 ;;
esac
`;
  writeFileSync(join(bin, 'kustomize'), script);
  chmodSync(join(bin, 'kustomize'), 0o755);
  return bin;
}
