/** What one pull request is about. */
export type Key =
  | { readonly scope: 'system'; readonly environment: string; readonly system: string }
  /** What systems of an environment share, or all of it. */
  | { readonly scope: 'environment'; readonly environment: string }
  | { readonly scope: 'cluster'; readonly cluster: string }
  /** Releases that nothing runs. */
  | { readonly scope: 'base'; readonly system: string }
  | { readonly scope: 'all' };

export type Group = 'system' | 'environment' | 'all';

/** How a key is called in titles, trailers and results. Names are DNS labels, so that none holds a colon. */
export function keyName(key: Key): string {
  switch (key.scope) {
    case 'system':
      return `${key.environment}/${key.system}`;
    case 'environment':
      return key.environment;
    case 'cluster':
      return `cluster:${key.cluster}`;
    case 'base':
      return `base:${key.system}`;
    case 'all':
      return 'all';
  }
}

/** An underscore keeps apart what is called like an environment or a system, and a branch from a folder of branches. */
export function branchName(key: Key, prefix: string, purpose: string): string {
  const folder = branchFolder(prefix, purpose);
  switch (key.scope) {
    case 'system':
      return `${folder}${key.environment}/${key.system}`;
    case 'environment':
      return `${folder}${key.environment}/_environment`;
    case 'cluster':
      return `${folder}_cluster/${key.cluster}`;
    case 'base':
      return `${folder}_base/${key.system}`;
    case 'all':
      return `${folder}_all`;
  }
}

export function branchFolder(prefix: string, purpose: string): string {
  return `${prefix}${purpose}/`;
}

/** The key whose changes a key's are a part of. */
export function grouped(key: Key, group: Group): Key {
  if (group === 'all') return { scope: 'all' };
  if (group === 'environment' && key.scope === 'system') return { scope: 'environment', environment: key.environment };
  return key;
}

/** The key of a branch that publishing named; undefined for any other. */
export function keyOfBranch(branch: string, prefix: string, purpose: string): Key | undefined {
  const folder = branchFolder(prefix, purpose);
  if (!branch.startsWith(folder)) return undefined;
  const [first = '', second, more] = branch.slice(folder.length).split('/');
  if (more !== undefined) return undefined;
  if (second === undefined) return first === '_all' ? { scope: 'all' } : undefined;
  if (first === '_cluster') return { scope: 'cluster', cluster: second };
  if (first === '_base') return { scope: 'base', system: second };
  if (second === '_environment') return { scope: 'environment', environment: first };
  return { scope: 'system', environment: first, system: second };
}
