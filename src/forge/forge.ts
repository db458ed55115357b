/** A pull request as every host knows it. */
export interface PullRequest {
  readonly number: number;
  readonly url?: string;
  readonly state: 'open' | 'merged' | 'closed';
  readonly title: string;
  readonly body: string;
  readonly head: { readonly branch: string; readonly sha: string };
  /** The branch that it is to be merged into. */
  readonly base: string;
  readonly labels: readonly string[];
  readonly draft: boolean;
}

export interface PullRequestText {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly draft: boolean;
}

export interface PullRequestToOpen extends PullRequestText {
  /** The branch that was pushed, in the same repository. */
  readonly branch: string;
  readonly base: string;
  readonly reviewers: readonly string[];
}

export interface MergeRequest {
  /** What is merged is this commit of the head or nothing: somebody may have pushed since it was looked at. */
  readonly sha: string;
  readonly method: 'merge' | 'squash' | 'rebase';
}

/** `waiting` for checks or approvals, `queued` behind others, or done. */
export type MergeOutcome = 'merged' | 'queued' | 'waiting';

export type StatusState = 'pending' | 'success' | 'failure' | 'error';

export interface CommitStatus {
  readonly context: string;
  readonly state: StatusState;
  readonly description: string;
}

/** What somebody thinks of a pull request: the last word of each person. */
export interface PersonReview {
  readonly by: string;
  readonly state: 'approved' | 'changes-requested';
  /** The commit that was looked at. */
  readonly sha: string;
}

/** An issue as every host knows it. */
export interface Issue {
  readonly number: number;
  readonly url?: string;
  readonly state: 'open' | 'closed';
  readonly title: string;
  readonly body: string;
}

export interface IssueToOpen {
  readonly title: string;
  readonly body: string;
  /** By which it is found again without reading all others. */
  readonly label: string;
}

/** The issues of a repository that are ours, each known by a marker in its body. */
export interface Issues {
  /** Those with the label whose body holds the marker, open and closed, by number. */
  find(label: string, marker: string): Promise<readonly Issue[]>;
  /** Where the answer is lost, the one that is there by then is given back. */
  open(request: IssueToOpen, marker: string): Promise<Issue>;
  /** Replaces what is given, all of it in one step. */
  update(number: number, changes: Partial<Pick<Issue, 'title' | 'body' | 'state'>>): Promise<Issue>;
  /** One comment for each marker: written when it is missing, replaced when it says something else. */
  comment(number: number, marker: string, text: string): Promise<void>;
}

/**
 * What publishing asks of a host. What a host refuses is a Failure in words; an answer that was lost is a LostAnswer,
 * after which the caller reads back before it decides.
 */
export interface Forge {
  /** How the host is called in messages, such as `GitHub`. */
  readonly name: string;
  /** The open pull request of a branch, or the last one that is not open any more. */
  findPullRequest(branch: string): Promise<PullRequest | undefined>;
  /** Where there is an open one of the branch already, that one is given back. */
  open(request: PullRequestToOpen): Promise<PullRequest>;
  /** Replaces what is given. Labels that a person added stay: those given are added. */
  update(number: number, changes: Partial<PullRequestText>): Promise<PullRequest>;
  /** One comment for each marker: written when it is missing, replaced when it says something else. */
  comment(number: number, marker: string, text: string): Promise<void>;
  setStatus(sha: string, state: StatusState, context: string, description: string): Promise<void>;
  /** Statuses and checks of a commit, the newest of each context. */
  statuses(sha: string): Promise<readonly CommitStatus[]>;
  /** The last word of each person who reviewed; comments without a verdict are none. */
  reviews(number: number): Promise<readonly PersonReview[]>;
  /** Approves as the person who runs this. Left out where people do that on the host's own pages. */
  approve?(number: number, by: string, sha: string): Promise<void>;
  /** The open pull requests, or all, by number. */
  list(which?: 'open' | 'all'): Promise<readonly PullRequest[]>;
  get(number: number): Promise<PullRequest | undefined>;
  /** Merges, and deletes the branch. */
  merge(number: number, request: MergeRequest): Promise<PullRequest>;
  /** Leaves it to the host to merge as soon as its rules allow it. Left out where a host has no such thing. */
  mergeWhenReady?(number: number, request: MergeRequest): Promise<MergeOutcome>;
  /** Whether it waits in a merge queue: a push to its branch would throw it out. Left out where a host has no such thing. */
  isQueued?(number: number): Promise<boolean>;
  close(number: number): Promise<PullRequest>;
  /** Offers again what was closed. Left out where people do that on the host's own pages. */
  reopen?(number: number): Promise<PullRequest>;
  /** Left out where a host has none. */
  readonly issues?: Issues;
  /** What git shows the host when it fetches and pushes; kept out of arguments and addresses. */
  gitCredentials?(): Promise<{ readonly username: string; readonly password: string }>;
}
