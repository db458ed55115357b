import type { ClusterDocument } from '../language/cluster.ts';
import { convention, type Origin } from '../model/origin.ts';
import { atPath, childOf, type Tracked, track, untrack } from '../model/tracked.ts';

/** What resolution and expansion ask of a cluster. */
export interface ClusterFacts {
  readonly name: string | undefined;
  readonly kubernetes: string | undefined;
  readonly domain: string;
  /** Names of what it has, and whether it has it, as expressions see them: what it does not say it has not. */
  readonly has: ClusterCapabilities;
  readonly ingressClass: Tracked<string> | undefined;
  /** Where values of secrets come from, if they are not sealed in Git. */
  readonly externalSecrets: ExternalSecretsFacts | undefined;
  ingressNamespace(className: string | undefined): Tracked<string>;
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
  readonly origin: Origin;
}

export interface GpuPool {
  readonly resource: string;
  readonly labels: Readonly<Record<string, Tracked<string>>>;
  readonly taint: Tracked<string> | undefined;
}

const defaultIngressNamespace = track<string>(
  'ingress-nginx',
  convention('ingress controllers run in ingress-nginx unless the cluster says otherwise'),
);
const defaultTaint = track<string>(
  'nvidia.com/gpu',
  convention('GPU nodes bear the usual taint unless the cluster says otherwise'),
);
const defaultPool: GpuPool = { resource: 'nvidia.com/gpu', labels: {}, taint: defaultTaint };

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

/** A cluster is read once, and all systems of all of its environments ask for its facts. */
const known = new WeakMap<Tracked<ClusterDocument>, ClusterFacts>();

export function clusterFacts(document: Tracked<ClusterDocument>): ClusterFacts {
  const facts = known.get(document) ?? readFacts(document);
  known.set(document, facts);
  return facts;
}

function readFacts(document: Tracked<ClusterDocument>): ClusterFacts {
  const { metadata, spec } = untrack(document);
  const written = (...path: string[]) => atPath(document as Tracked, ['spec', ...path]);
  const classes = Object.entries(spec.ingressClasses ?? {});
  const defaultClass =
    classes.find(([, facts]) => facts.default === true)?.[0] ?? (classes.length === 1 ? classes[0]?.[0] : undefined);
  return {
    name: metadata.name,
    kubernetes: spec.kubernetes,
    domain: spec.domain ?? commonCluster.domain,
    ingressClass:
      defaultClass === undefined
        ? undefined
        : track<string>(defaultClass, (written('ingressClasses', defaultClass) as Tracked).origin),
    externalSecrets: externalSecretsOf(spec, written('externalSecrets')?.origin),
    ingressNamespace: (name) =>
      (written('ingressClasses', name ?? defaultClass ?? '', 'namespace') as Tracked<string> | undefined) ??
      defaultIngressNamespace,
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
      const pool = written('gpuPools', name ?? Object.keys(spec.gpuPools ?? {})[0] ?? '');
      const field = (word: string) => childOf(pool, word) as Tracked<string> | undefined;
      return {
        resource: field('resource')?.value ?? defaultPool.resource,
        labels: (childOf(pool, 'labels')?.value ?? {}) as GpuPool['labels'],
        taint: field('taint') ?? defaultPool.taint,
      };
    },
  };
}

const externalSecretsGroup = 'external-secrets.io';

/** The older version of the kind only where the cluster lists that one and not the newer. */
function externalSecretsOf(
  { externalSecrets, customResources = [] }: ClusterDocument['spec'],
  origin: Origin | undefined,
): ExternalSecretsFacts | undefined {
  if (externalSecrets === undefined || origin === undefined) return undefined;
  const lists = (version: string) => customResources.includes(`${externalSecretsGroup}/${version}/ExternalSecret`);
  return {
    apiVersion: `${externalSecretsGroup}/${!lists('v1') && lists('v1beta1') ? 'v1beta1' : 'v1'}`,
    store: externalSecrets.store,
    storeKind: externalSecrets.storeKind ?? 'ClusterSecretStore',
    path: externalSecrets.path,
    refresh: externalSecrets.refresh ?? '1h',
    origin,
  };
}
