import { resolve } from 'node:path';
import { repositoryOf } from '../argocd/deployment-facts.ts';
import { localFolder } from '../forge/open-local.ts';
import type { FleetDocument } from '../language/fleet.ts';
import { Misconfigured } from '../store/fail.ts';
import type { Group } from './key.ts';

/** What stowage.yaml says of publishing, with what it leaves to say. */
export interface PublishSettings {
  readonly host: 'local' | 'github' | 'gitea';
  /** What git pushes to: an address, or the path of a folder. */
  readonly repository: string;
  readonly branch: string;
  readonly path: string;
  readonly api: string | undefined;
  /** Undefined where nobody chose. */
  readonly group: Group | undefined;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  readonly draft: boolean;
  readonly sign: boolean;
  readonly prefix: string;
}

const ownRepository = '.stowage/config.git';

export function publishSettings(spec: FleetDocument['spec'], fleet: string): PublishSettings {
  const { url, branch, path } = repositoryOf(spec);
  const { publish = {} } = spec;
  const host = publish.host ?? 'local';
  const address = publish.repository ?? (host === 'local' ? ownRepository : url);
  checkBranch(branch);
  if (path.split('/').some((name) => name === '..' || name === '.git'))
    throw new Misconfigured(`\`repository.path: ${path}\` in stowage.yaml leads out of the config repository`);
  return {
    host,
    repository: host === 'local' ? localFolder(checkedAddress(address), fleet) : addressFrom(address, fleet),
    branch,
    path,
    api: publish.api,
    group: publish.group,
    labels: publish.labels ?? [],
    reviewers: publish.reviewers ?? [],
    draft: publish.draft === true,
    sign: publish.sign === true,
    prefix: publish.branchPrefix ?? 'stowage/',
  };
}

/** What git is given for an address in stowage.yaml, from whose folder a relative path begins. */
export function addressFrom(address: string, fleet: string): string {
  const checked = checkedAddress(address);
  return /^\.{0,2}\//.test(checked) ? resolve(fleet, checked) : checked;
}

function checkedAddress(address: string): string {
  if (/^[a-z]+:\/\/[^/@]*:[^/@]*@/i.test(address))
    throw new Misconfigured(
      'the address of the config repository in stowage.yaml holds a password, which everybody could read',
      'take it out, and set STOWAGE_TOKEN',
    );
  if (address.startsWith('-') || address.includes('::') || /[\p{Cc}]/u.test(address))
    throw new Misconfigured('the address of the config repository in stowage.yaml is none that git takes');
  return address;
}

/** As git allows names of branches, without what it would take for something else. */
function checkBranch(branch: string): void {
  if (!/^[A-Za-z0-9_][\w./+-]*$/.test(branch) || /\.\.|\/\/|\.lock(\/|$)|\/\.|[./]$/.test(branch))
    throw new Misconfigured(`\`${branch}\` in stowage.yaml cannot be the name of a branch`);
}
