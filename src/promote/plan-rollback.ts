import { didYouMean } from '../diagnostics/suggest.ts';
import type { SystemSettings } from '../language/environment.ts';
import { headRelease } from '../read/sort-inputs.ts';
import { compareReleases } from './compare-releases.ts';
import { type Description, settingsOf } from './description.ts';
import type { EarlierEntry } from './earlier-entries.ts';
import type { Intent } from './intent.ts';
import { environmentWith, unknownIncludes } from './plan-promotion.ts';
import { type Nothing, type Refusal, refuse } from './refusal.ts';
import { transfer } from './transfer.ts';

export interface RollbackOrder {
  readonly environment: string;
  readonly system: string;
  /** A release or a commit; by default what ran before. */
  readonly to?: string | undefined;
  readonly include: readonly string[];
  /** Changes that cannot be taken back and that somebody has seen to, by name. */
  readonly accept: readonly string[];
}

interface Goal {
  readonly settings: SystemSettings;
  readonly release: string;
  readonly from: string;
}

/** A promotion backwards: the set that ran before, out of the history of the environment. The newest comes first. */
export function planRollback(
  description: Description,
  order: RollbackOrder,
  history: readonly EarlierEntry[],
): Intent | Refusal | Nothing {
  const { system, include } = order;
  const target = environmentWith(description, order.environment, system);
  if ('refused' in target) return target;
  const ours = settingsOf(target, system) ?? {};
  const before = ours.release ?? headRelease;
  const goal = findGoal(description, order, ours, history);
  if ('refused' in goal) return goal;
  if (goal.release === headRelease && before !== headRelease)
    return refuse(
      `${target.name} ran the head of ${system} then, which is no longer what it was`,
      `name a release: --to ${description.inputs.releases.find((input) => input.system === system && input.release !== headRelease)?.release ?? '<release>'}`,
    );
  const forwards = compareReleases(goal.release, before);
  if (forwards !== undefined && forwards > 0)
    return refuse(
      `${goal.release} is newer than ${before}, which ${target.name} runs`,
      `\`stowage promote ${system} --to ${target.name}\` goes forwards`,
    );
  const stuck = irreversible(description, order, before, goal.release);
  if (stuck !== undefined) return stuck;
  const words = description.release(system, goal.release);
  const moved = transfer({ ...goal.settings, release: goal.release }, { ...ours, release: before }, words, include, [
    'spec',
    'systems',
    system,
  ]);
  const wrong = unknownIncludes(include, moved);
  if (wrong !== undefined) return wrong;
  if (moved.edits.length === 0) return { nothing: `${target.name} runs ${system} as it did at ${goal.from}` };
  return {
    purpose: 'rollback',
    key: { scope: 'system', environment: target.name, system },
    title:
      before === goal.release
        ? `Roll back configuration of ${system} in ${target.name}`
        : `Roll back ${system} in ${target.name} to ${goal.release}`,
    system,
    environment: target.name,
    edits: new Map([[target.path, moved.edits]]),
    additions: new Map(),
    fields: moved.fields,
    from: goal.from,
    release: before === goal.release ? undefined : { before, after: goal.release, frozen: false },
    notes: order.accept.map((name) => `accepted although it cannot be taken back: ${name}`),
    verifiedIn: [],
    leftBehind: [],
  };
}

function findGoal(
  description: Description,
  { to, system, environment }: RollbackOrder,
  ours: SystemSettings,
  history: readonly EarlierEntry[],
): Goal | Refusal {
  const releases = description.inputs.releases.filter((input) => input.system === system).map(({ release }) => release);
  if (to !== undefined && releases.includes(to)) {
    // Without a record of how it ran, all but the release stays.
    const ran = history.find(({ settings }) => (settings.release ?? headRelease) === to);
    return { settings: ran?.settings ?? ours, release: to, from: shortOf(ran) ?? `release ${to}` };
  }
  if (to !== undefined && !/^[0-9a-f]{7,64}$/.test(to))
    return refuse(`System ${system} has no release \`${to}\``, didYouMean(to, releases));
  const earlier = history.find(({ commit, settings }) =>
    to === undefined ? differs(description, system, settings, ours) : commit.startsWith(to),
  );
  if (earlier === undefined)
    return to === undefined
      ? refuse(`the history of ${environment} knows nothing else that ${system} ran as`, 'name a release with --to')
      : refuse(`no commit ${to} of the branch changed what ${environment} runs`, 'name a release with --to, or another commit');
  return { settings: earlier.settings, release: earlier.settings.release ?? headRelease, from: shortOf(earlier) as string };
}

function shortOf(entry: EarlierEntry | undefined): string | undefined {
  return entry === undefined ? undefined : `commit ${entry.commit.slice(0, 12)}`;
}

function differs(description: Description, system: string, earlier: SystemSettings, ours: SystemSettings): boolean {
  const words = description.release(system, earlier.release ?? headRelease);
  const { edits } = transfer({ release: headRelease, ...earlier }, { release: headRelease, ...ours }, words, [], []);
  return edits.length > 0;
}

/** Releases between the two that changed data for good. */
function irreversible(
  description: Description,
  { system, accept, environment }: RollbackOrder,
  before: string,
  after: string,
): Refusal | undefined {
  const old = description.release(system, after)?.irreversible ?? {};
  const done = Object.entries(description.release(system, before)?.irreversible ?? {}).filter(
    ([name]) => !Object.hasOwn(old, name),
  );
  const open = done.filter(([name]) => !accept.includes(name));
  if (open.length === 0) return undefined;
  return refuse(
    `${system} ${before} has changed data of ${environment} in ways that ${after} cannot live with: ${open.map(([name, what]) => `${name} (${what})`).join('; ')}`,
    `restore the data first, then name each: ${open.map(([name]) => `--accept ${name}`).join(' ')}`,
  );
}
