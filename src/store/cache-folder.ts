import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where clones are kept that may be deleted at any time. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const configured = environment.XDG_CACHE_HOME;
  return join(configured !== undefined && configured !== '' ? configured : join(homedir(), '.cache'), 'stowage');
}
