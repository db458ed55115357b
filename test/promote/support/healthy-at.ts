import type { DeploymentStatus } from '../../../src/promote/deployment-status.ts';

/** An Application that runs a commit well, and has done so since then. */
export function healthyAt(revision: string, since: string | Date, more: Partial<DeploymentStatus> = {}): DeploymentStatus {
  const deployedAt = typeof since === 'string' ? since : since.toISOString();
  return {
    application: 'shop',
    sync: 'Synced',
    health: 'Healthy',
    revision,
    operation: 'succeeded',
    healthSince: deployedAt,
    history: [{ revision, deployedAt }],
    ...more,
  };
}
