import type { Key } from './key.ts';

/** Which releases' bases an overlay needs, and which environments a cluster has. */
export interface FleetFacts {
  /** `environment/system` → folders below `base/`. */
  readonly bases: ReadonlyMap<string, readonly string[]>;
  readonly clusters: ReadonlyMap<string, readonly string[]>;
}

/** Whose a file is. */
export interface Owners {
  /** These change when it changes. */
  readonly own: readonly Key[];
  /** Where one of these changes anyway it takes the file along: the same bytes each, so that merges never conflict. */
  readonly with: (key: Key) => boolean;
  /** Whose it is when nobody takes it along. */
  readonly otherwise: Key | undefined;
}

const nobody = () => false;

/** Whose a generated path is; undefined where no generated file belongs. */
export function ownersOf(path: string, facts: FleetFacts): Owners | undefined {
  const [root, first = '', second = '', third] = path.split('/');
  if (isInput(path)) return { own: [{ scope: 'all' }], with: nobody, otherwise: undefined };
  if (third === undefined && !(root === 'argocd' && second !== '')) return undefined;
  if (root === 'overlays')
    return { own: [{ scope: 'system', environment: first, system: second }], with: nobody, otherwise: undefined };
  if (root === 'base') return baseOwners(first, `base/${first}/${second}`, facts);
  if (root !== 'argocd') return undefined;
  if (third === undefined) {
    const here = facts.clusters.get(first) ?? [];
    const inCluster = (key: Key) => 'environment' in key && here.includes(key.environment);
    return { own: [], with: inCluster, otherwise: { scope: 'cluster', cluster: first } };
  }
  const system = third.endsWith('.application.yaml') ? third.slice(0, -'.application.yaml'.length) : undefined;
  if (system !== undefined)
    return { own: [{ scope: 'system', environment: second, system }], with: nobody, otherwise: undefined };
  const inEnvironment = (key: Key) => 'environment' in key && key.environment === second;
  return { own: [], with: inEnvironment, otherwise: { scope: 'environment', environment: second } };
}

function baseOwners(system: string, folder: string, { bases }: FleetFacts): Owners {
  const own = [...bases]
    .filter(([, folders]) => folders.includes(folder))
    .map(([name]) => {
      const [environment, of] = name.split('/') as [string, string];
      return { scope: 'system' as const, environment, system: of };
    });
  return { own, with: nobody, otherwise: { scope: 'base', system } };
}

/** What people write; published only into the repository that it comes from. */
export function isInput(path: string): boolean {
  return /^(stowage\.yaml$|systems\/|clusters\/)/.test(path);
}
