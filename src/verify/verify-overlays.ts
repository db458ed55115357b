import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { type ExpectedObjects, identityOf, objectDigest } from '../compile/expected-objects.ts';
import type { PlainObject } from '../model/desired-object.ts';
import type { Kustomize } from './kustomize.ts';
import { kustomizeBuild } from './kustomize-build.ts';

/** An overlay that lies complete in a folder, and what building it must give. */
export interface OverlayToVerify {
  /** `overlays/prod-eu/fluss`, below the staging folder. */
  readonly name: string;
  readonly environment: string;
  readonly expected: ExpectedObjects;
}

export interface Mismatch {
  readonly overlay: string;
  readonly problem: string;
  /** The built objects that differ, for a comparison with what was meant. */
  readonly built: readonly PlainObject[];
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly different: readonly string[];
}

export interface Verification {
  readonly verified: readonly string[];
  readonly mismatches: readonly Mismatch[];
}

export interface VerifyRequest {
  readonly folder: string;
  readonly overlays: readonly OverlayToVerify[];
  readonly kustomize: Kustomize;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Builds every overlay with the real kustomize and compares, object by object. A process has a start-up
 * cost and one root over very many overlays grows faster than linearly, so an environment's overlays share
 * a process, and as many processes run as there are cores. What a shared build does not confirm is built
 * alone: that is how Argo CD will build it.
 */
export async function verifyOverlays(request: VerifyRequest): Promise<Verification> {
  const limit = pLimit(availableParallelism());
  const verified: string[] = [];
  const mismatches: Mismatch[] = [];
  const progress = () => request.onProgress?.(verified.length + mismatches.length, request.overlays.length);
  const verifyAlone = async (overlay: OverlayToVerify) => {
    const mismatch = await verifyOne(overlay, request);
    if (mismatch === undefined) verified.push(overlay.name);
    else mismatches.push(mismatch);
    progress();
  };
  const verifyBatch = async (batch: readonly OverlayToVerify[], index: number) => {
    const confirmed = batch.length === 1 ? false : await confirmTogether(batch, index, request);
    if (!confirmed) {
      for (const overlay of batch) await verifyAlone(overlay);
      return;
    }
    verified.push(...batch.map((overlay) => overlay.name));
    progress();
  };
  await Promise.all(batches(request.overlays).map((batch, index) => limit(() => verifyBatch(batch, index))));
  return { verified, mismatches: mismatches.sort((a, b) => (a.overlay < b.overlay ? -1 : 1)) };
}

const objectsPerBatch = 150;

function batches(overlays: readonly OverlayToVerify[]): OverlayToVerify[][] {
  const result: OverlayToVerify[][] = [];
  let size = 0;
  for (const overlay of overlays) {
    const current = result.at(-1);
    const fits =
      current !== undefined && current[0]?.environment === overlay.environment && size + overlay.expected.size <= objectsPerBatch;
    if (fits) current.push(overlay);
    else result.push([overlay]);
    size = fits ? size + overlay.expected.size : overlay.expected.size;
  }
  return result;
}

async function confirmTogether(batch: readonly OverlayToVerify[], index: number, request: VerifyRequest): Promise<boolean> {
  const root = join(request.folder, 'roots', String(index));
  mkdirSync(root, { recursive: true });
  writeFileSync(
    join(root, 'kustomization.yaml'),
    JSON.stringify({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: batch.map((overlay) => `../../${overlay.name}`),
    }),
  );
  const build = await kustomizeBuild(request.kustomize, root, request.signal);
  if ('refusal' in build) return false;
  const expected = new Map(batch.flatMap((overlay) => [...overlay.expected]));
  return differences(build.objects, expected).agree;
}

async function verifyOne(overlay: OverlayToVerify, request: VerifyRequest): Promise<Mismatch | undefined> {
  const build = await kustomizeBuild(request.kustomize, join(request.folder, overlay.name), request.signal);
  if ('refusal' in build)
    return { overlay: overlay.name, problem: build.refusal, built: [], missing: [], unexpected: [], different: [] };
  const { agree, ...rest } = differences(build.objects, overlay.expected);
  return agree ? undefined : { overlay: overlay.name, problem: 'the build is not what was meant', built: build.objects, ...rest };
}

function differences(built: readonly PlainObject[], expected: ExpectedObjects) {
  const digests = new Map(built.map((object) => [identityOf(object), objectDigest(object)]));
  const missing = [...expected.keys()].filter((id) => !digests.has(id));
  const unexpected = [...digests.keys()].filter((id) => !expected.has(id));
  const different = [...expected].filter(([id, digest]) => digests.has(id) && digests.get(id) !== digest).map(([id]) => id);
  return {
    missing,
    unexpected,
    different,
    agree: missing.length + unexpected.length + different.length === 0 && digests.size === built.length,
  };
}
