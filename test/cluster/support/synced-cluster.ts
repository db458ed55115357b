import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { renders } from '../../fleet/fleet.ts';
import { type GitServer, startGitServer } from '../servers/git-server.ts';
import { type Cluster, startCluster } from '../servers/start-cluster.ts';
import { applyRoot, untilWell } from './applications.ts';
import { type DeployedFleet, deployFleet } from './deployed-fleet.ts';

export interface SyncedCluster extends Cluster {
  readonly git: GitServer;
  readonly fleet: DeployedFleet;
  /** Names of all Applications, the root's last. */
  readonly applications: readonly string[];
  /** Milliseconds from applying the root until all were well. */
  readonly took: number;
}

/** A cluster like one of the reference fleet, to which Argo CD brought all that the fleet has for it. */
export async function syncedCluster(like: string, change?: (fleet: DeployedFleet) => void): Promise<SyncedCluster> {
  const cluster = await startCluster(inject('servers'), { like, argocd: true });
  try {
    const git = await startGitServer(cluster.folder);
    const fleet = await deployFleet(git, change);
    const applications = [...namesOf(fleet.folder, like), `root-${like}`];
    const began = Date.now();
    await applyRoot(cluster.kube, fleet.folder, like);
    await untilWell(cluster.kube, applications);
    const took = Date.now() - began;
    const stop: Cluster['stop'] = async (keepLogsAs) => {
      const kept = await cluster.stop(keepLogsAs);
      await git.stop();
      return kept;
    };
    return { ...cluster, git, fleet, applications, took, stop };
  } catch (error) {
    throw new Error(`${(error as Error).message}\nthe logs are in ${await cluster.stop(`sync-${like}`)}`);
  }
}

/** An Application for each system of each environment that the cluster has. */
function namesOf(fleet: string, cluster: string): string[] {
  const environments = readdirSync(join(fleet, 'clusters', cluster))
    .filter((name) => name.endsWith('.yaml') && name !== 'cluster.yaml')
    .map((name) => name.replace(/\.yaml$/, ''));
  return renders.filter(({ environment }) => environments.includes(environment)).map(({ name }) => name.replace('/', '-'));
}
