import type { SystemSettings } from '../language/environment.ts';
import type { Stage } from '../language/fleet.ts';
import { digestOf } from '../model/digest.ts';
import { type Tracked, untrack } from '../model/tracked.ts';
import type { Cluster, Environment } from '../read/read-documents.ts';
import type { EnvironmentInput } from '../read/sort-inputs.ts';
import { createsNamespace } from './compile-system.ts';
import type { Work } from './work.ts';

export interface OverlayRequest {
  readonly system: string;
  readonly settings: Tracked<SystemSettings>;
  readonly environment: Environment;
  readonly cluster: Cluster;
  readonly stage: Stage;
  readonly input: EnvironmentInput;
}

/** All that an overlay is made from: its entry in the environment, what the environment says of all, and the rest. */
export function overlayKey(
  { system, settings, environment, stage, input }: OverlayRequest,
  id: string,
  { inputs, options, shelf }: Work,
): string {
  const { stage: stageName, labels, namespace, notSecret } = environment.document.value.spec.value;
  const said = JSON.stringify([
    environment.name,
    stageName?.value,
    stage,
    labels && untrack(labels),
    namespace?.value,
    createsNamespace(environment, system),
    options.assumeSealed,
    untrack(settings as Tracked),
    notSecret && untrack(notSecret),
  ]);
  const sealed = [...input.sealed]
    .filter(([key]) => key.startsWith(`${system}/`))
    .flatMap(([key, path]) => [key, inputs.files.get(path) ?? '']);
  return digestOf(
    'overlay',
    options.compiler,
    said,
    shelf.clusterDigest(input.cluster) ?? '',
    id,
    shelf.releaseInput(id)?.digest ?? '',
    ...sealed,
    // Who asks for what is meant is told by which lines, too; what is printed names none of them.
    ...(options.meaningOnly === true ? [input.digest] : []),
  );
}

/** All that the Argo CD files of an environment are made from, and its overlays with them. */
export function environmentKey(input: EnvironmentInput, releases: readonly string[], { inputs, options, shelf }: Work): string {
  const read = releases.flatMap((id) => [id, shelf.releaseInput(id)?.digest ?? '']);
  return digestOf(
    'environment',
    options.compiler,
    String(options.assumeSealed),
    JSON.stringify(options.assumeRelease ?? null),
    input.digest,
    shelf.clusterDigest(input.cluster) ?? '',
    inputs.fleetDigest,
    ...read,
  );
}
