import { join } from 'node:path';
import { compiler, schemas } from '../../../src/build-facts.ts';
import { checkMergeBelow } from '../../../src/commands/check-merge.ts';
import { proveChange } from '../../../src/commands/prove-change.ts';
import type { Forge } from '../../../src/forge/forge.ts';
import { localForge } from '../../../src/forge/local.ts';
import type { GitCredentials } from '../../../src/git/call-git.ts';
import { openTarget } from '../../../src/git/open-target.ts';
import { supportedMinors } from '../../../src/kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../../../src/kubernetes/schema-types.ts';
import type { DeploymentStatus, UnknownStatus } from '../../../src/promote/deployment-status.ts';
import type { Desk } from '../../../src/promote/desk.ts';
import { reviewChange } from '../../../src/publish/review-change.ts';
import { findKustomize } from '../../../src/verify/find-kustomize.ts';
import type { Kustomize } from '../../../src/verify/kustomize.ts';
import { temporaryFolder } from '../../support/fleet-files.ts';

export interface World {
  readonly now: () => Date;
  /** What Argo CD says; undefined where nobody said how to ask it. */
  readonly statusOf: (environment: string, system: string) => DeploymentStatus | UnknownStatus | undefined;
  /** Where the fleet lies in the repository; by default at its root. */
  readonly path?: string;
  /** By default the embedded host, in the repository itself. */
  readonly forge?: Forge;
  readonly credentials?: GitCredentials | undefined;
}

let kustomize: Promise<Kustomize> | undefined;

/** A desk as the commands open it, with real git and the real kustomize, in a world that the test makes. */
export async function openTestDesk(repository: string, world: World): Promise<{ desk: Desk; close: () => void }> {
  const { now, statusOf, path = '', credentials } = world;
  const { signal } = new AbortController();
  kustomize ??= findKustomize(process.env);
  const found = await kustomize;
  const seconds = () => Math.floor(now().getTime() / 1000);
  const forge = world.forge ?? localForge({ folder: repository, signal }, seconds, checkMergeBelow(path));
  const settings = {
    ...{ repository, branch: 'main', prefix: 'stowage/', path },
    ...{ labels: [], reviewers: [], draft: false, sign: false },
  };
  const environment = { ...process.env, XDG_CACHE_HOME: join(temporaryFolder(), 'cache') };
  const { target, close } = await openTarget({ url: repository, ...settings, environment, signal, credentials });
  const desk: Desk = {
    target,
    forge,
    deployed: async () => ({ target, path }),
    settings,
    author: { name: 'A person', email: 'person@example.com' },
    options: { compiler, schemas },
    now,
    askStatus: () => async (name, system) => statusOf(name, system),
    prove: (changed) => proveChange(changed, found, signal),
    review: ({ set, base, changed, allowed, room }) =>
      reviewChange(set, base, base.id, {
        ...{ target, path, kustomize: found, allowed, longest: room, signal },
        schemas: schemas(supportedMinors.at(-1) as string) as KubernetesSchemas,
        fleet: () => changed.after,
      }),
  };
  return { desk, close };
}
