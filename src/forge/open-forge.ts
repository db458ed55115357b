import type { Forge } from './forge.ts';
import { localForge } from './local.ts';
import { openRemoteForge } from './open-remote-forge.ts';

export interface ForgeRequest {
  readonly host: 'local' | 'github' | 'gitea';
  readonly repository: string;
  readonly api: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Told why nothing happens for a while. */
  readonly say?: (text: string) => void;
}

export async function openForge({ host, repository, api, environment, signal, say }: ForgeRequest): Promise<Forge> {
  if (host === 'local') return localForge({ folder: repository, signal }, seconds);
  return openRemoteForge({ host, repository, api }, environment, { signal, ...(say && { say }) });
}

export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
