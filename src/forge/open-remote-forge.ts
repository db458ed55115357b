import { readCredentials } from './credentials.ts';
import type { Forge } from './forge.ts';
import type { HostOptions } from './host-options.ts';
import { parseRemote } from './remote-repository.ts';

export interface RemoteForge {
  readonly host: 'github' | 'gitea';
  /** Address of the repository, as git takes it. */
  readonly repository: string;
  /** Base URL of the API, where it does not follow from the address. */
  readonly api?: string | undefined;
}

/** What talks to a host is loaded when one is talked to. */
export async function openRemoteForge(
  { host, repository, api }: RemoteForge,
  environment: Readonly<Record<string, string | undefined>>,
  options: HostOptions = {},
): Promise<Forge> {
  const remote = parseRemote(repository);
  const credentials = readCredentials(host, environment);
  if (host === 'gitea') return (await import('./gitea.ts')).openGitea(remote, credentials, { ...options, api });
  return (await import('./github.ts')).openGitHub(remote, credentials, { ...options, api });
}
