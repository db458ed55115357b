import type { AskStatus, DeploymentStatus } from '../../../src/promote/deployment-status.ts';
import { type EnvironmentName, type SystemName, systems } from './four-environments.ts';

export interface ArgoFollower {
  readonly ask: AskStatus;
  /** It has now synced what the branch holds. */
  readonly follow: (environment: EnvironmentName, revision: string, now: Date, sick: SystemName | undefined) => void;
}

/** Argo CD as it comes after the branch: at its own time, and not always in good health. */
export function argoFollower(): ArgoFollower {
  const known = new Map<string, DeploymentStatus>();
  return {
    ask: async (environment, system) => known.get(`${environment}/${system}`) ?? { unknown: 'it was never synced' },
    follow: (environment, revision, now, sick) => {
      for (const system of systems) {
        const name = `${environment}/${system}`;
        const before = known.get(name);
        const time = now.toISOString();
        const health = system === sick ? 'Degraded' : 'Healthy';
        const history = before?.history ?? [];
        known.set(name, {
          application: name,
          sync: 'Synced',
          health,
          revision,
          operation: 'succeeded',
          healthSince: before?.health === health && before.revision === revision ? before.healthSince : time,
          history: before?.revision === revision ? history : [{ revision, deployedAt: time }, ...history],
        });
      }
    },
  };
}
