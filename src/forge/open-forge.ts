import type { Forge } from './forge.ts';
import { localForge } from './local.ts';
import type { CheckMerge } from './merge-locally.ts';
import { openRemoteForge } from './open-remote-forge.ts';

export interface ForgeRequest {
  readonly host: 'local' | 'github' | 'gitea';
  readonly repository: string;
  readonly api: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Told why nothing happens for a while. */
  readonly say?: (text: string) => void;
  /** Asked by the embedded host before it merges; others have checks of their own. */
  readonly checkMerge?: CheckMerge;
}

export async function openForge(request: ForgeRequest): Promise<Forge> {
  const { host, repository, api, environment, signal, say, checkMerge } = request;
  if (host === 'local') return localForge({ folder: repository, signal }, seconds, checkMerge);
  return openRemoteForge({ host, repository, api }, environment, { signal, ...(say && { say }) });
}

export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
