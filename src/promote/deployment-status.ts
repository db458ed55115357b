/** What Argo CD says of one Application. */
export interface DeploymentStatus {
  readonly application: string;
  /** `Synced`, `OutOfSync` or `Unknown`. */
  readonly sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing` or `Unknown`. */
  readonly health: string;
  /** The commit that was synced last; undefined before the first sync. */
  readonly revision: string | undefined;
  /** Whether a sync runs at this moment, or the last one failed. */
  readonly operation: 'none' | 'running' | 'failed' | 'succeeded';
  /** ISO 8601, where Argo CD tells it: since when it has been what `health` says. */
  readonly healthSince: string | undefined;
  /** What was deployed and when, the newest first. */
  readonly history: readonly { readonly revision: string; readonly deployedAt: string }[];
  /** ISO 8601: when all of this was so, where it comes from a file and may have changed since. */
  readonly asOf?: string;
}

/** Why nothing is known, for the person at the keyboard. */
export interface UnknownStatus {
  readonly unknown: string;
}

/** Undefined where nobody said how to ask. */
export type AskStatus = (environment: string, system: string) => Promise<DeploymentStatus | UnknownStatus | undefined>;
