import { compiler, schemas } from '../build-facts.ts';
import { openForge, seconds } from '../forge/open-forge.ts';
import { isMade, makeLocal } from '../forge/open-local.ts';
import { ancestryOf, type FleetCommit, fleetCommit } from '../git/fleet-commit.ts';
import { openTarget } from '../git/open-target.ts';
import { supportedMinors } from '../kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { generatedRoots } from '../model/output-paths.ts';
import { untrack } from '../model/tracked.ts';
import { renderFleet } from '../plan/render-fleet.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import type { ChangeSet } from '../publish/change-set.ts';
import { changesOfFiles } from '../publish/changes-of-files.ts';
import { dirtyMark, unversioned } from '../publish/commit-message.ts';
import { describeFiles } from '../publish/describe-files.ts';
import { type Group, keyName } from '../publish/key.ts';
import { emptyForge, emptyTarget } from '../publish/nothing-yet.ts';
import { ownFiles } from '../publish/own-files.ts';
import { publish } from '../publish/publish.ts';
import type { PublishRequest } from '../publish/publish-request.ts';
import { type PublishSettings, publishSettings } from '../publish/publish-settings.ts';
import { basesOf, publishableFiles, refusalsOf } from '../publish/publishable-files.ts';
import type { PublishResult } from '../publish/result.ts';
import { longestPlan, reviewChange } from '../publish/review-change.ts';
import { selectsKey } from '../publish/selects-key.ts';
import { readFleet } from '../read/read-documents.ts';
import { sortInputs } from '../read/sort-inputs.ts';
import type { RunResult } from '../run.ts';
import { Misconfigured } from '../store/fail.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import type { Kustomize } from '../verify/kustomize.ts';
import { parseBuild } from '../verify/parse-build.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import { gitCredentials } from './git-credentials.ts';
import type { PublishOptions } from './publish-options.ts';

/** Brings together what is to be published, where, and as whom. */
export async function publishFleet(
  fleet: string,
  compiled: RunResult,
  options: PublishOptions,
  context: CommandContext,
  /** Names of the keys that are meant, where that follows from what they change; by default those that are selected. */
  choose?: (sets: readonly ChangeSet[]) => ReadonlySet<string>,
): Promise<PublishResult> {
  const settings = settingsOf(fleet);
  const commit = await fleetCommit(fleet, ['stowage.yaml', 'systems', 'clusters'], context.signal);
  const own = ownFiles(fleet, settings, commit);
  const group = groupOf(options, settings, own !== undefined);
  if (group !== 'system' && (options.system ?? []).length > 0)
    throw new UsageError(`-s cannot be published alone: with group \`${group}\` a pull request is about more than one system`);
  if (group === 'all' && (options.environment ?? []).length > 0)
    throw new UsageError('-e cannot be published alone: with group `all` a pull request is about all environments');

  const common = {
    branch: settings.branch,
    path: settings.path,
    prefix: settings.prefix,
    purpose: options.purpose ?? 'compile',
    labels: settings.labels,
    reviewers: settings.reviewers,
    draft: options.draft ?? settings.draft,
    sign: settings.sign,
    ...(own === undefined ? {} : { checkBase: own.checkBase }),
    inputs: inputsOf(commit),
    relate: remembering((other) => ancestryOf(fleet, other, commit.commit ?? '')),
    author: commit.author,
    refusals: refusalsOf(compiled.diagnostics),
    selected: selectsKey(options),
    supersede: options.supersede ?? [],
    dryRun: options.dryRun === true,
    now: seconds,
  } satisfies Omit<PublishRequest, 'target' | 'forge' | 'review' | 'changes'>;
  const wanted = {
    path: settings.path,
    group,
    files: new Map([...publishableFiles(fleet, compiled.units), ...(own?.files ?? [])]),
    owned: own?.owned ?? ((path: string) => generatedRoots.some((root) => path.startsWith(`${root}/`))),
    bases: basesOf(compiled.units),
    overwrite: new Set(options.overwrite),
  };

  if (settings.host === 'local') {
    if (options.dryRun === true && !isMade(settings.repository))
      return publish({
        ...common,
        target: emptyTarget,
        changes: changesOfFiles({ ...wanted, target: emptyTarget }),
        forge: emptyForge,
        review: async (set, _, inputs) => describeFiles(set, inputs),
      });
    await makeLocal(settings.repository, settings.branch);
  }
  const forge = await openForge({
    ...settings,
    environment: context.environment,
    signal: context.signal,
    say: (text) => context.err(`${text}\n`),
  });
  const credentials = await gitCredentials(settings, forge);
  const { target, close } = await openTarget({
    url: settings.repository,
    branch: settings.branch,
    prefix: settings.prefix,
    environment: context.environment,
    signal: context.signal,
    credentials,
  });
  try {
    const reviewing = {
      target,
      path: settings.path,
      kustomize: compiled.kustomize as Kustomize,
      schemas: schemas(supportedMinors.at(-1) as string) as KubernetesSchemas,
      fleet: once(() => rendered(fleet)),
      allowed: options.allowDelete ?? [],
      longest: longestPlan,
      signal: context.signal,
    };
    const changes = changesOfFiles({ ...wanted, target });
    const chosen = choose?.((await changes((await target.heads()).base)).sets);
    return await publish({
      ...common,
      ...(chosen === undefined ? {} : { selected: (key) => chosen.has(keyName(key)) }),
      target,
      forge,
      changes,
      review: (set, base, inputs) => reviewChange(set, base, inputs, reviewing),
    });
  } finally {
    close();
  }
}

export function settingsOf(fleet: string): PublishSettings {
  const inputs = sortInputs(
    gatherInputs(fleet, () => {}),
    () => {},
  );
  const read = readFleet(inputs, () => {});
  if (read === undefined) throw new Misconfigured('stowage.yaml has problems', '`stowage compile --check` tells them');
  return publishSettings(untrack(read.document).spec, fleet);
}

function groupOf({ group }: PublishOptions, settings: PublishSettings, own: boolean): Group {
  const chosen = group ?? settings.group;
  if (!own) return chosen ?? 'system';
  if (chosen !== undefined && chosen !== 'all')
    throw new UsageError(
      `with group \`${chosen}\` nothing can be published into the fleet's own repository: inputs and output change together there`,
      '`--group all` makes one pull request of both',
    );
  return 'all';
}

function inputsOf({ commit, dirty }: FleetCommit): string {
  return commit === undefined ? unversioned : `${commit}${dirty ? dirtyMark : ''}`;
}

/** Compiled once more, since what is remembered of a fleet does not say where its fields come from. */
function rendered(fleet: string): RenderedState {
  const files = gatherInputs(fleet, () => {});
  return renderFleet({ name: 'inputs', files, options: { compiler, schemas }, selected: () => true, parse: parseBuild }).state;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function remembering<T>(ask: (about: string) => Promise<T>): (about: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (about) => {
    const answer = known.get(about) ?? ask(about);
    known.set(about, answer);
    return answer;
  };
}
