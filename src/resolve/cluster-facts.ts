import type { ClusterDocument } from '../language/cluster.ts';
import type { Tracked } from '../model/tracked.ts';
import { untrack } from '../model/tracked.ts';

/** What resolution and expansion ask of a cluster. */
export interface ClusterFacts {
  readonly name: string | undefined;
  readonly kubernetes: string | undefined;
  readonly domain: string;
  /** Names of what it has, and whether it has it, as expressions see them: what it does not say it has not. */
  readonly has: ClusterCapabilities;
  readonly ingressClass: string | undefined;
  /** Where values of secrets come from, if they are not sealed in Git. */
  readonly externalSecrets: ExternalSecretsFacts | undefined;
  ingressNamespace(className: string | undefined): string;
  gpuPool(name: string | undefined): GpuPool;
}

export interface ClusterCapabilities {
  readonly storageClasses: readonly string[];
  readonly ingressClasses: readonly string[];
  readonly runtimeClasses: readonly string[];
  readonly customResources: readonly string[];
  readonly gpuPools: readonly string[];
  readonly loadBalancer: boolean;
  readonly metricsServer: boolean;
}

export interface ExternalSecretsFacts {
  readonly apiVersion: string;
  readonly store: string;
  readonly storeKind: string;
  readonly path: string;
  readonly refresh: string;
}

export interface GpuPool {
  readonly resource: string;
  readonly labels: Record<string, string>;
  readonly taint: string | undefined;
}

const defaultIngressNamespace = 'ingress-nginx';
const defaultPool: GpuPool = { resource: 'nvidia.com/gpu', labels: {}, taint: 'nvidia.com/gpu' };

/**
 * Bases belong to a System alone, so they are compiled for a cluster of which nothing is known but what is
 * common; an overlay says where its own cluster differs.
 */
export const commonCluster: ClusterFacts = {
  name: undefined,
  kubernetes: undefined,
  domain: 'cluster.local',
  ingressClass: undefined,
  externalSecrets: undefined,
  ingressNamespace: () => defaultIngressNamespace,
  has: {
    storageClasses: [],
    ingressClasses: [],
    runtimeClasses: [],
    customResources: [],
    gpuPools: [],
    loadBalancer: false,
    metricsServer: false,
  },
  gpuPool: () => defaultPool,
};

export function clusterFacts(document: Tracked<ClusterDocument>): ClusterFacts {
  const { metadata, spec } = untrack(document);
  const classes = Object.entries(spec.ingressClasses ?? {});
  const defaultClass =
    classes.find(([, facts]) => facts.default === true)?.[0] ?? (classes.length === 1 ? classes[0]?.[0] : undefined);
  return {
    name: metadata.name,
    kubernetes: spec.kubernetes,
    domain: spec.domain ?? commonCluster.domain,
    ingressClass: defaultClass,
    externalSecrets: externalSecretsOf(spec),
    ingressNamespace: (name) => spec.ingressClasses?.[name ?? defaultClass ?? '']?.namespace ?? defaultIngressNamespace,
    has: {
      storageClasses: Object.keys(spec.storageClasses ?? {}),
      ingressClasses: Object.keys(spec.ingressClasses ?? {}),
      runtimeClasses: spec.runtimeClasses ?? [],
      customResources: spec.customResources ?? [],
      gpuPools: Object.keys(spec.gpuPools ?? {}),
      loadBalancer: spec.loadBalancer ?? false,
      metricsServer: spec.metricsServer ?? false,
    },
    gpuPool: (name) => {
      const pools = Object.entries(spec.gpuPools ?? {});
      const pool = name === undefined ? pools[0]?.[1] : spec.gpuPools?.[name];
      return pool === undefined
        ? defaultPool
        : { resource: pool.resource ?? defaultPool.resource, labels: pool.labels ?? {}, taint: pool.taint ?? defaultPool.taint };
    },
  };
}

const externalSecretsGroup = 'external-secrets.io';

/** The older version of the kind only where the cluster lists that one and not the newer. */
function externalSecretsOf({ externalSecrets, customResources = [] }: ClusterDocument['spec']): ExternalSecretsFacts | undefined {
  if (externalSecrets === undefined) return undefined;
  const lists = (version: string) => customResources.includes(`${externalSecretsGroup}/${version}/ExternalSecret`);
  return {
    apiVersion: `${externalSecretsGroup}/${!lists('v1') && lists('v1beta1') ? 'v1beta1' : 'v1'}`,
    store: externalSecrets.store,
    storeKind: externalSecrets.storeKind ?? 'ClusterSecretStore',
    path: externalSecrets.path,
    refresh: externalSecrets.refresh ?? '1h',
  };
}
