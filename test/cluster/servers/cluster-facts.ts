import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { repository } from '../../support/fleet-files.ts';

/** What `cluster.yaml` says that a cluster of the tests must have as well. */
export interface ClusterFacts {
  readonly storageClasses?: Readonly<Record<string, { default?: boolean; accessModes?: readonly string[] }>>;
  readonly ingressClasses?: Readonly<Record<string, { default?: boolean }>>;
  readonly runtimeClasses?: readonly string[];
  /** As `group/version/Kind`. */
  readonly customResources?: readonly string[];
  readonly gpuPools?: Readonly<Record<string, { resource?: string; labels?: object; taint?: string; count?: number }>>;
  readonly loadBalancer?: boolean;
  readonly metricsServer?: boolean;
}

export const referenceClusters = ['dev', 'staging', 'prod-eu', 'prod-us'] as const;

/** Of a cluster of the reference fleet. */
export function referenceFacts(name: string): ClusterFacts {
  return (load(readFileSync(join(repository, 'clusters', name, 'cluster.yaml'), 'utf8')) as { spec: ClusterFacts }).spec;
}

/** Of all of them together, for a server that takes what is meant for any of them. */
export function allReferenceFacts(): ClusterFacts {
  const all = referenceClusters.map(referenceFacts);
  return { customResources: [...new Set(all.flatMap(({ customResources = [] }) => customResources))] };
}
