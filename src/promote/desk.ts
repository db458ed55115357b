import type { CompileOptions } from '../compile/compile-options.ts';
import type { Forge } from '../forge/forge.ts';
import type { Commit } from '../git/commit.ts';
import type { Author, TargetRepository } from '../git/target-repository.ts';
import type { ChangeSet } from '../publish/change-set.ts';
import type { Review } from '../publish/publish-request.ts';
import type { PublishSettings } from '../publish/publish-settings.ts';
import type { ChangedFleet } from './change-fleet.ts';
import type { AskStatus } from './deployment-status.ts';
import type { Description } from './description.ts';

export interface ReviewRequest {
  readonly set: ChangeSet;
  readonly base: Commit;
  readonly changed: ChangedFleet;
  /** Objects that may be deleted or replaced. */
  readonly allowed: readonly string[];
  readonly room: number;
}

/** All that changing the repository of the description knows of the outside: the one seam at which tests put a world of theirs. */
export interface Desk {
  readonly target: TargetRepository;
  readonly forge: Forge;
  /** Where what is compiled is published: the same repository, or another one. It is opened for whoever asks. */
  readonly deployed: () => Promise<{ readonly target: TargetRepository; readonly path: string }>;
  readonly settings: Omit<PublishSettings, 'host' | 'repository' | 'api' | 'group'>;
  readonly author: Author;
  readonly options: Pick<CompileOptions, 'schemas' | 'compiler'>;
  readonly now: () => Date;
  /** How Argo CD is asked, for the clusters of a description. */
  readonly askStatus: (description: Description) => AskStatus;
  /** Builds what changed with the real kustomize; says what is not as it was meant. */
  readonly prove: (changed: ChangedFleet) => Promise<string | undefined>;
  /** What merging would do to what runs, in no more characters than there is room for. */
  readonly review: (request: ReviewRequest) => Promise<Review>;
}
