import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ClusterDocument } from '../language/cluster.ts';
import type { EnvironmentDocument, SystemSettings } from '../language/environment.ts';
import type { FleetDocument } from '../language/fleet.ts';
import type { SystemDocument } from '../language/system.ts';
import type { InputFiles } from '../model/input-files.ts';
import { untrack } from '../model/tracked.ts';
import { readCluster, readEnvironment, readFleet } from '../read/read-documents.ts';
import { readRelease } from '../read/read-release.ts';
import { type FleetInputs, sortInputs } from '../read/sort-inputs.ts';

export interface DescribedEnvironment {
  readonly name: string;
  readonly cluster: string;
  readonly path: string;
  readonly spec: EnvironmentDocument['spec'];
}

/** A fleet's description as those see it who change it: plain, with the files that hold each part. */
export interface Description {
  readonly name: string;
  readonly files: InputFiles;
  readonly inputs: FleetInputs;
  readonly spec: FleetDocument['spec'];
  readonly environments: ReadonlyMap<string, DescribedEnvironment>;
  readonly clusters: ReadonlyMap<string, ClusterDocument['spec']>;
  /** Undefined where there is no such release, or one that cannot be read. */
  readonly release: (system: string, release: string) => SystemDocument['spec'] | undefined;
}

/** With the problems where it cannot be read. */
export function readDescription(files: InputFiles): Description | { readonly problems: readonly Diagnostic[] } {
  const problems: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => {
    if (diagnostic.severity === 'error') problems.push(diagnostic);
  };
  const inputs = sortInputs(files, report);
  const fleet = readFleet(inputs, report);
  const environments = inputs.environments.flatMap((input): DescribedEnvironment[] => {
    const read = readEnvironment(files, input, report);
    return read === undefined
      ? []
      : [{ name: read.name, cluster: read.cluster, path: input.path, spec: untrack(read.document).spec }];
  });
  const clusters = inputs.clusters.flatMap((input) => {
    const read = readCluster(files, input, report);
    return read === undefined ? [] : [[input.name, untrack(read.document).spec] as const];
  });
  if (fleet === undefined || problems.length > 0) return { problems };
  const releases = new Map<string, SystemDocument['spec'] | undefined>();
  const { metadata, spec } = untrack(fleet.document);
  return {
    name: metadata.name,
    files,
    inputs,
    spec,
    environments: new Map(environments.map((environment) => [environment.name, environment])),
    clusters: new Map(clusters),
    release: (system, release) => {
      const name = `${system}/${release}`;
      if (!releases.has(name)) {
        const input = inputs.releases.find((one) => one.system === system && one.release === release);
        const read = input === undefined ? undefined : readRelease(files, input, true, () => {});
        releases.set(name, read === undefined ? undefined : untrack(read.document).spec);
      }
      return releases.get(name);
    },
  };
}

export function settingsOf(environment: DescribedEnvironment, system: string): SystemSettings | undefined {
  return Object.hasOwn(environment.spec.systems, system) ? (environment.spec.systems[system] ?? {}) : undefined;
}
