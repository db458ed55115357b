import { callGit } from '../git/call-git.ts';
import type { Block } from './block.ts';

/** Whether two addresses mean one repository: with or without `.git`, a name before the host, or ssh's short form. */
export function isSameRepository(one: string, other: string): boolean {
  return normal(one) === normal(other);
}

function normal(address: string): string {
  return address
    .replace(/^([^/@]+@)?([^/:]+):(?!\/\/)/, 'ssh://$2/')
    .replace(/^[a-z+]+:\/\/([^/@]*@)?/i, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .toLowerCase();
}

/**
 * Where inputs and output lie in one repository, its branch may have moved in both. What is published must be what the
 * fleet's own commit came from, as far as our paths go.
 */
export async function checkOwnBranch(fleet: string, base: string, paths: readonly string[]): Promise<Block | undefined> {
  const merge = await callGit(['merge-base', 'HEAD', base], { folder: fleet, accept: [1, 128] });
  if (merge.code !== 0)
    return {
      reason: `this clone does not have commit ${base.slice(0, 12)}, which the branch is at`,
      advice: 'pull and compile again',
    };
  const { out } = await callGit(['diff', '--name-only', '-z', merge.out.trim(), base, '--', ...paths], { folder: fleet });
  const [first, ...more] = out.split('\0').filter((path) => path !== '');
  if (first === undefined) return undefined;
  return {
    reason: `the branch changed ${first}${more.length === 0 ? '' : ` and ${more.length} more`} since the commit that this clone is at`,
    advice: 'pull and compile again',
  };
}
