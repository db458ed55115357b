import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { schemas } from '../../src/build-facts.ts';
import { standsApart } from '../../src/factor/stands-apart.ts';
import { supportedMinors } from '../../src/kubernetes/load-schemas.ts';
import type { DesiredObject, PlainObject } from '../../src/model/desired-object.ts';
import { Failure } from '../../src/store/fail.ts';
import { findKustomize } from '../../src/verify/find-kustomize.ts';
import { kustomizeBuild } from '../../src/verify/kustomize-build.ts';
import { writeTree } from '../golden/case-folders.ts';

const kustomize = await findKustomize(process.env).catch((error: unknown) => {
  if (error instanceof Failure) return error;
  throw error;
});

const withoutNamespace = [...new Set(supportedMinors.flatMap(clusterScoped))].sort();

test.skipIf(kustomize instanceof Failure)('kustomize moves no kind into a namespace that does not stand apart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-apart-'));
  try {
    const objects = withoutNamespace.map((id, index) => objectOf(id, `n${index}`));
    writeTree(
      folder,
      new Map([
        ['kustomization.yaml', 'namespace: moved\nresources: [objects.yaml]\n'],
        ['objects.yaml', objects.map((object) => JSON.stringify(object)).join('\n---\n')],
      ]),
    );
    const build = await kustomizeBuild(kustomize as Exclude<typeof kustomize, Failure>, folder, undefined);
    if ('refusal' in build) throw new Error(build.refusal);
    const moved = build.objects
      .filter((object) => (object.metadata as PlainObject).namespace !== undefined)
      .map((object) => `${String(object.apiVersion)} ${String(object.kind)}`);
    expect(moved).toContain('admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy');
    expect(withoutNamespace.filter((id) => moved.includes(id) && !isApart(id))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function clusterScoped(minor: string): string[] {
  return Object.entries(schemas(minor)?.kinds ?? {}).flatMap(([apiVersion, kinds]) =>
    Object.entries(kinds).flatMap(([kind, { scope }]) => (scope === 'Cluster' ? [`${apiVersion} ${kind}`] : [])),
  );
}

function objectOf(id: string, name: string): PlainObject {
  const [apiVersion, kind] = id.split(' ');
  return { apiVersion, kind, metadata: { name } };
}

function isApart(id: string): boolean {
  const plain = objectOf(id, 'a');
  return standsApart({ ...plain, plain, namespaced: false } as unknown as DesiredObject, 'moved');
}
