import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { findRepository, type Repository } from '../git/find-repository.ts';
import { runGit, textOf } from '../git/run-git.ts';
import { Failure } from '../store/fail.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import { cronWorkflow, cronWorkflowPath } from './cron-workflow.ts';
import { askedClusters, driftScopes } from './drift-scopes.ts';
import { driftWorkflow, driftWorkflowPath } from './drift-workflow.ts';
import { type FleetFacts, readFleetFacts } from './fleet-facts.ts';
import { type Runner, workflows } from './workflows.ts';

/** `owner/repository@ref`, with an address before it on Gitea; a folder of the same repository. */
const remoteAction = /^(?:https?:\/\/[\w.:-]+\/)?[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*@[\w./-]+$/;
const localAction = /^\.\/(?:[\w.-]+\/?)*$/;

export interface AskedWorkflows {
  readonly runners: readonly Runner[];
  /** Where they find Stowage. */
  readonly action: string | undefined;
  /** Of the CronWorkflow; undefined where none is asked for. */
  readonly image: string | undefined;
}

/** Workflows belong to the root of a repository, wherever in it the fleet is; what runs in a cluster, to the fleet. */
export async function planWorkflows(
  target: string,
  { runners, action, image }: AskedWorkflows,
  context: CommandContext,
): Promise<Map<string, string>> {
  const fleetFacts = readFleetFacts(target);
  const inputs = fleetFacts === undefined ? new Map() : gatherInputs(target, () => {});
  const inCluster = image === undefined ? undefined : imageOf(image);
  const scopes = inCluster === undefined ? new Map() : driftScopes(inputs);
  const cloned = inCluster === undefined ? undefined : { image: inCluster, ...clonable(fleetFacts, scopes.size > 0) };
  const there = nearestFolder(target);
  const repository = await findRepository(there, context);
  // One that is there and not trusted says where the workflows belong.
  if ('problem' in repository && repository.hint !== undefined) throw new Failure(repository.problem, repository.hint);
  const known = 'problem' in repository ? undefined : repository;
  const fleet = posix.normalize(
    `${known?.prefix ?? ''}${relative(known === undefined ? target : there, target)
      .split(sep)
      .join('/')}`,
  );
  const inside = fleet.replace(/\/$/, '') || '.';
  if (!/^[\w./ -]+$/.test(inside))
    throw new Failure(`workflows cannot name the folder \`${inside}\``, 'use letters, digits, blanks and ._- in its name');
  const root = inside === '.' ? target : resolve(target, '../'.repeat(inside.split('/').length));
  const promotes = fleetFacts?.promotes === true;
  const drifts = askedClusters(inputs);
  const ofRunners = async () => {
    const facts = { fleet: inside, action: actionOf(action, root), branch: await branchOf(known), promotes, drifts };
    return runners.flatMap((runner) =>
      Object.entries(workflows({ ...facts, runner })).map(([path, text]) => [join(root, path), text] as const),
    );
  };
  const files = new Map(runners.length === 0 ? [] : await ofRunners());
  if (cloned === undefined) return files;
  const facts = { ...cloned, folder: inside };
  if (promotes) files.set(join(target, cronWorkflowPath), cronWorkflow(facts));
  for (const [cluster, scope] of scopes)
    files.set(join(target, driftWorkflowPath(cluster)), driftWorkflow(cluster, scope, facts));
  return files;
}

function imageOf(reference: string): string {
  if (
    /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*(?=[:@])(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/.test(
      reference,
    )
  )
    return reference;
  throw new UsageError(
    `--image ${JSON.stringify(reference)} names no image of one version`,
    'write <registry>/<repository>:<tag>, better with the digest behind it: @sha256:…',
  );
}

/** What a pod clones: it has no checkout, and its token is for an address that takes one. */
function clonable(facts: FleetFacts | undefined, runs: boolean) {
  if (facts === undefined || !(facts.promotes || runs))
    throw new Failure(
      'there is nothing to be done on a schedule: stowage.yaml has no `promotion`, and no environment runs anything that could drift',
      'say there in what order environments get what is new: `promotion: {pipeline: [dev, prod]}`',
    );
  const url = URL.canParse(facts.url) ? new URL(facts.url) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.password !== '')
    throw new Failure(
      'a pod cannot clone the address in `repository.url` with a token',
      'give it there with https:// and without a password',
    );
  return { url, branch: facts.branch };
}

function actionOf(given: string | undefined, root: string): string {
  if (given !== undefined) {
    if (remoteAction.test(given) || localAction.test(given)) return given;
    throw new UsageError(`--action ${JSON.stringify(given)} names no action`, 'write <owner>/<repository>@<commit>');
  }
  const own = join(root, 'action.yml');
  if (existsSync(own) && /^name: Stowage$/m.test(readFileSync(own, 'utf8'))) return './';
  throw new UsageError(
    'the workflows must know where the action of Stowage is',
    'say which repository holds Stowage, and at which commit: --action <owner>/<repository>@<commit>',
  );
}

/** The branch that is published: what the remote takes for its main one, else the one that is checked out. */
async function branchOf(repository: Repository | undefined): Promise<string> {
  if (repository === undefined) return 'main';
  for (const [name, prefix] of [
    ['refs/remotes/origin/HEAD', 'refs/remotes/origin/'],
    ['HEAD', 'refs/heads/'],
  ] as const) {
    const { code, out } = await runGit(['symbolic-ref', '--quiet', name], repository.call);
    const ref = textOf(out).trim();
    if (code === 0 && ref.startsWith(prefix)) return ref.slice(prefix.length);
  }
  return 'main';
}

export function nearestFolder(folder: string): string {
  return existsSync(folder) ? folder : nearestFolder(dirname(folder));
}
