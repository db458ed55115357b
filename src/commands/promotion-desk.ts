import { compiler, schemas } from '../build-facts.ts';
import { openForge } from '../forge/open-forge.ts';
import { isMade, localFolder } from '../forge/open-local.ts';
import { fleetCommit } from '../git/fleet-commit.ts';
import { type OpenTarget, openTarget } from '../git/open-target.ts';
import type { TargetRepository } from '../git/target-repository.ts';
import { supportedMinors } from '../kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { untrack } from '../model/tracked.ts';
import type { AskStatus } from '../promote/deployment-status.ts';
import type { Description } from '../promote/description.ts';
import type { Desk } from '../promote/desk.ts';
import type { StatusFile } from '../promote/read-status-file.ts';
import { checkPath, folderIn } from '../publish/own-files.ts';
import { type PublishSettings, publishSettings } from '../publish/publish-settings.ts';
import { type PublishedPlace, publishedPlace } from '../publish/published-place.ts';
import { reviewChange } from '../publish/review-change.ts';
import { isSameRepository } from '../publish/same-repository.ts';
import { readFleet } from '../read/read-documents.ts';
import { sortInputs } from '../read/sort-inputs.ts';
import { Failure, Misconfigured } from '../store/fail.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import { findKustomize } from '../verify/find-kustomize.ts';
import { askStatusOf, type StatusSources } from './ask-status.ts';
import { checkMergeBelow } from './check-merge.ts';
import type { CommandContext } from './command-context.ts';
import { gitCredentials } from './git-credentials.ts';
import { proveChange } from './prove-change.ts';

export interface OpenDesk {
  readonly desk: Desk;
  readonly close: () => void;
}

/** Everything that a change of the description's repository needs of the outside. */
export async function openDesk(fleet: string, statusFiles: readonly StatusFile[], context: CommandContext): Promise<OpenDesk> {
  const { environment, signal } = context;
  const { place, described } = await repositoriesOf(fleet, signal);
  if (described.host === 'local' && !isMade(described.repository))
    throw new Failure(
      `there is no repository ${described.repository}`,
      'make it of the description: `git clone --bare . <folder>`',
    );
  const forge = await openForge({
    ...described,
    environment,
    signal,
    checkMerge: checkMergeBelow(described.path),
    say: (text) => context.err(`${text}\n`),
  });
  const opened: OpenTarget[] = [];
  const open = async (repository: string, branch: string) => {
    const credentials = await gitCredentials({ repository }, forge);
    opened.push(await openTarget({ url: repository, branch, prefix: described.prefix, environment, signal, credentials }));
    return (opened.at(-1) as OpenTarget).target;
  };
  const target = await open(described.repository, described.branch);
  const apart = !isSameRepository(described.repository, place.url);
  let elsewhere: Promise<TargetRepository> | undefined;
  const deployed = async () => {
    elsewhere ??= apart ? open(place.url, place.branch) : Promise.resolve(target);
    return { target: await elsewhere, path: place.path };
  };
  const { author } = await fleetCommit(fleet, ['stowage.yaml', 'systems', 'clusters'], signal);
  const kustomize = await findKustomize(environment, signal);
  const newest = schemas(supportedMinors.at(-1) as string) as KubernetesSchemas;
  const now = () => new Date();
  const sourcesOf = ({ clusters, environments, spec }: Description): StatusSources => ({
    clusters: new Map([...clusters].flatMap(([name, { argocd }]) => (argocd === undefined ? [] : [[name, argocd] as const]))),
    clusterOf: (name) => environments.get(name)?.cluster,
    argocdNamespace: spec.argocd?.namespace ?? 'argocd',
    statusFiles,
    environment,
    signal,
    now: now(),
  });
  // Each Application once, however many promotions wait for it.
  const asked = new WeakMap<Description, AskStatus>();
  const desk: Desk = {
    target,
    forge,
    deployed,
    settings: described,
    author,
    options: { compiler, schemas },
    now,
    askStatus: (description) => {
      const ask = asked.get(description) ?? askStatusOf(sourcesOf(description));
      asked.set(description, ask);
      return ask;
    },
    prove: (changed) => proveChange(changed, kustomize, signal),
    review: ({ set, base, changed, allowed, room }) =>
      reviewChange(set, base, base.id, {
        target,
        path: described.path,
        kustomize,
        schemas: newest,
        fleet: () => changed.after,
        allowed,
        longest: room,
        signal,
      }),
  };
  return { desk, close: () => opened.forEach(({ close }) => void close()) };
}

/** Where what is published lies, and where the description is kept: the same repository, or two of one host. */
async function repositoriesOf(
  fleet: string,
  signal: AbortSignal,
): Promise<{ place: PublishedPlace; described: PublishSettings }> {
  const inputs = sortInputs(
    gatherInputs(fleet, () => {}),
    () => {},
  );
  const read = readFleet(inputs, () => {});
  if (read === undefined) throw new Misconfigured('stowage.yaml has problems', '`stowage compile --check` tells them');
  const { spec } = untrack(read.document);
  const published = publishSettings(spec, fleet);
  const place = publishedPlace(spec, fleet);
  const { root, remotes } = await fleetCommit(fleet, ['stowage.yaml'], signal);
  const here = root === undefined ? [] : [...remotes, root, `${root}/.git`];
  const own = spec.promotion?.repository;
  const path = folderIn(root, fleet);
  if (own === undefined && here.some((address) => isSameRepository(address, published.repository))) {
    checkPath(path, published.path);
    return { place, described: published };
  }
  if (own === undefined)
    throw new Misconfigured(
      'stowage.yaml does not say which repository holds the description, and a promotion is a pull request to it',
      'say `promotion: {repository: <address>}`, or publish into the repository of the description itself: `publish: {repository: <address>}`',
    );
  const repository = published.host === 'local' ? localFolder(own, fleet) : own;
  return { place, described: { ...published, repository, path } };
}
