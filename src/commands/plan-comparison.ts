import type { AssumedFacts } from '../compile/assume-facts.ts';
import type { AssumedRelease } from '../compile/assume-release.ts';
import { isCommitName } from '../git/find-repository.ts';
import { UsageError } from './command-context.ts';
import { parseAssumption } from './parse-assumption.ts';
import type { PlanOptions } from './plan-options.ts';

export type State =
  | { readonly kind: 'worktree' }
  | { readonly kind: 'published' }
  | { readonly kind: 'commit'; readonly name: string };

/** What is to be compared with what. */
export type Comparison =
  | { readonly kind: 'states'; readonly from: State; readonly to: State }
  | { readonly kind: 'releases'; readonly from: AssumedRelease; readonly to: AssumedRelease }
  | { readonly kind: 'environments'; readonly from: string; readonly to: string }
  | { readonly kind: 'facts'; readonly assume: AssumedFacts };

export function comparisonOf(options: PlanOptions): Comparison {
  const { release, environments, whatIf } = options;
  if (whatIf !== undefined) return { kind: 'facts', assume: parseAssumption(whatIf) };
  if (release !== undefined) return releases(release);
  if (environments !== undefined) return { kind: 'environments', ...sides(environments, '--environments') };
  const [from, to] = [parseState(options.from ?? 'HEAD', '--from'), parseState(options.to ?? 'worktree', '--to')];
  if (from.kind === to.kind && from.kind !== 'commit')
    throw new UsageError(`--from and --to are both ${from.kind}`, 'a plan compares two different states');
  return { kind: 'states', from, to };
}

export function parseState(word: string, option: string): State {
  if (word === 'worktree' || word === 'published') return { kind: word };
  if (isCommitName(word)) return { kind: 'commit', name: word };
  throw new UsageError(
    `${option} ${JSON.stringify(word)}: that is no name of a state`,
    'it takes worktree, published, or a branch, a tag or a commit of this repository',
  );
}

function releases(text: string): Comparison {
  const [, system, versions = ''] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (system === undefined)
    throw new UsageError(`--release ${JSON.stringify(text)} names no System`, 'write --release flts=1.0.0..1.1.0');
  const { from, to } = sides(versions, '--release');
  return { kind: 'releases', from: { system, release: from }, to: { system, release: to } };
}

function sides(text: string, option: string): { from: string; to: string } {
  const [from = '', to = '', ...rest] = text.split('..');
  if (from === '' || to === '' || rest.length > 0)
    throw new UsageError(`${option} ${JSON.stringify(text)} does not name two`, 'write one..other, with two dots between them');
  if (from === to) throw new UsageError(`${option}: ${from} is the same as itself`, 'name two different ones');
  return { from, to };
}
