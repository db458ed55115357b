import type { Commit } from '../git/commit.ts';
import { generatedRoots } from '../model/output-paths.ts';
import type { Desk } from '../promote/desk.ts';
import { readState, type State } from '../promote/read-state.ts';
import { changesOfFiles } from '../publish/changes-of-files.ts';
import { keyName } from '../publish/key.ts';
import { publish } from '../publish/publish.ts';
import { basesOf } from '../publish/publishable-files.ts';
import type { PublishResult } from '../publish/result.ts';
import { Failure } from '../store/fail.ts';
import { type Reverted, revertKeys } from './revert-keys.ts';

export const revertPurpose = 'drift-revert';

export interface RevertOptions {
  readonly dryRun: boolean;
  /** What may be deleted or replaced by it, as `Kind/name`. */
  readonly allowDelete?: readonly string[];
}

/** As much as hosts take of a text, less the mark of the change behind it. */
const room = 64_000;

/**
 * Takes edits back where description and output lie in one repository: the generated files are again what the
 * description on the branch compiles to, whatever the working tree says by now.
 */
export async function revertOwn(reverted: readonly Reverted[], desk: Desk, options: RevertOptions): Promise<PublishResult> {
  const { target, forge, settings, author, now } = desk;
  const { base } = await target.heads();
  if (base === undefined) throw new Failure('the repository of the description is empty', 'push the description to it first');
  let state = await stateAt(base, desk);
  const overwrite = new Set(reverted.flatMap(({ files }) => files));
  const changesAt = async (commit: Commit) => {
    if (commit.id !== state.base.id) state = await stateAt(commit, desk);
    const units = [...state.rendered.units.values()];
    const files = new Map(units.flatMap(({ contents }) => [...(contents ?? [])]));
    return changesOfFiles({
      target,
      path: settings.path,
      group: 'system',
      files,
      owned: isGenerated,
      bases: basesOf(units),
      overwrite,
    })(commit);
  };
  const keys = revertKeys(reverted, (await changesAt(base)).sets);
  return publish({
    ...settings,
    ...{ target, forge, author, purpose: revertPurpose },
    labels: [...settings.labels, revertPurpose],
    changes: async (commit) => (commit === undefined ? { sets: [], waiting: [] } : changesAt(commit)),
    inputs: base.id,
    // It is made on the commit that it is merged into, so nothing newer can be there.
    relate: async () => 'older',
    checkBase: async () => undefined,
    refusals: new Map(),
    review: (set, commit) => {
      const { state: after, units } = state.rendered;
      const changed = { files: [], before: after, after, toProve: [], units: [...units.values()], diagnostics: [] };
      return desk.review({ set, base: commit, changed, allowed: options.allowDelete ?? [], room });
    },
    selected: (key) => keys.has(keyName(key)),
    supersede: [],
    dryRun: options.dryRun,
    now: () => Math.floor(now().getTime() / 1000),
  });
}

async function stateAt(commit: Commit, desk: Desk): Promise<State> {
  const state = await readState(commit, desk);
  if ('refused' in state) throw new Failure(state.refused, 'mend it there first: nothing can be compiled from it');
  return state;
}

function isGenerated(path: string): boolean {
  return generatedRoots.some((root) => path.startsWith(`${root}/`));
}
