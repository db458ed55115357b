import type { WrittenAmounts } from '../footprint/amounts.ts';
import { digestOf } from '../model/digest.ts';
import type { SystemFacts } from '../model/system-facts.ts';
import type { ExpectedObjects } from './expected-objects.ts';

/** A piece of output that is made as one and depends on its own inputs only. */
export interface Unit {
  /** The folder that it writes: `base/fluss/1.0.0`, `overlays/dev/fluss`, `argocd/dev/dev`. */
  readonly name: string;
  /** Digest of all that it was made from; none when it was made with problems and must be made again. */
  readonly key: string | undefined;
  /** The paths of its files. */
  readonly files: readonly string[];
  /** Of all that its files say. */
  readonly digest: string;
  /** The files themselves; absent when the unit is as it was and lies on disk already. */
  readonly contents: ReadonlyMap<string, string> | undefined;
  /** For an overlay: what building it must give. */
  readonly expected?: ExpectedObjects | undefined;
  readonly facts?: SystemFacts | undefined;
  /** For an environment's Argo CD files: the releases and systems that the environment names. */
  readonly uses?: EnvironmentUses | undefined;
  /** And digest of what these files say, which most changes of an environment leave as it was. */
  readonly content?: string | undefined;
}

interface EnvironmentUses {
  readonly releases: readonly string[];
  readonly systems: readonly string[];
  /** Of its cluster, so that a cluster that did not change need not be read to see whether all fits. */
  readonly capacity: WrittenAmounts;
}

/** What an earlier run remembers of a unit; taken back when its files turn out not to be as they were written. */
export type RememberedUnit = Pick<Unit, 'name' | 'key' | 'files' | 'digest' | 'facts' | 'uses' | 'content'>;

export function asUnit(name: string, key: string | undefined, contents: ReadonlyMap<string, string>): Unit {
  return { name, key, contents, files: [...contents.keys()], digest: digestOf(...[...contents].flat()) };
}
