import { Failure } from '../store/fail.ts';
import type { Forge } from './forge.ts';
import { localForge } from './local.ts';

export interface ForgeRequest {
  readonly host: 'local' | 'github' | 'gitea';
  readonly repository: string;
  readonly api: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

export async function openForge({ host, repository, signal }: ForgeRequest): Promise<Forge> {
  if (host === 'local') return localForge({ folder: repository, signal }, seconds);
  throw new Failure(`the host \`${host}\` is not there yet`, '`publish: {host: local}` keeps pull requests in a repository');
}

export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
