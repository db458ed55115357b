import type { TargetRepository } from '../git/target-repository.ts';
import type { FleetFacts } from './assign-files.ts';
import { changeSets, differencesOf } from './change-set.ts';
import type { Group } from './key.ts';
import type { FindChanges } from './publish-request.ts';

export interface FilesToPublish {
  readonly target: TargetRepository;
  /** Folder of the target below which the files lie; empty for its root. */
  readonly path: string;
  readonly group: Group;
  /** What is to be there, by path below the fleet's folder. */
  readonly files: ReadonlyMap<string, string>;
  /** Which of the target's paths are ours to look at. */
  readonly owned: (path: string) => boolean;
  readonly bases: FleetFacts['bases'];
  readonly overwrite: ReadonlySet<string>;
}

/** Where the target differs from files that are to be there. */
export function changesOfFiles(wanted: FilesToPublish): FindChanges {
  const { target, files, group, overwrite, bases } = wanted;
  const prefix = wanted.path === '' ? '' : `${wanted.path}/`;
  const below = (path: string) => path.startsWith(prefix) && wanted.owned(path.slice(prefix.length));
  return async (base) => {
    const found = base === undefined ? new Map<string, string>() : await target.files(base.id, below);
    const theirs = new Map([...found].map(([path, id]) => [path.slice(prefix.length), id]));
    const differences = differencesOf(files, theirs, target.blobId);
    const texts = await target.texts(differences.flatMap(({ old }) => (old === undefined ? [] : [old])));
    const facts = { bases, clusters: clustersOf([...files.keys(), ...theirs.keys()]) };
    return changeSets(differences, texts, facts, group, overwrite);
  };
}

function clustersOf(paths: readonly string[]): Map<string, string[]> {
  const clusters = new Map<string, string[]>();
  for (const path of paths) {
    const [root, cluster, environment, file] = path.split('/');
    if (root !== 'argocd' || cluster === undefined || environment === undefined || file === undefined) continue;
    const known = clusters.get(cluster) ?? [];
    clusters.set(cluster, known.includes(environment) ? known : [...known, environment]);
  }
  return clusters;
}
