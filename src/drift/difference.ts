/** What is compared with what. */
export type Between =
  /** What the description compiles to, and what the repository holds. */
  | 'repository'
  /** What the repository declares, and what runs. */
  | 'cluster'
  /** Two environments that follow each other in a pipeline. */
  | 'environments';

export const betweens = ['repository', 'cluster', 'environments'] as const satisfies readonly Between[];

export type What =
  /** A declared field has another value, or is not there. */
  | 'changed'
  /** A field that nothing declares, by the hand of a person. */
  | 'added'
  /** A field or an object that was declared once, and that the deployer left. */
  | 'leftover'
  /** A declared object that is not there. */
  | 'missing'
  /** A namespace that was made anew, with all that it held gone. */
  | 'recreated'
  /** An object that nothing declares, in a namespace that the fleet manages. */
  | 'foreign'
  /** A Secret whose value somebody else than its controller wrote. */
  | 'overwritten'
  /** A sealed secret that its controller did not open. */
  | 'not-unsealed'
  /** An Application that fails, or does not get on. */
  | 'stuck'
  /** A generated file that is not as the description compiles to. */
  | 'unpublished'
  /** A field that promotion carries or holds, and that another environment has otherwise. */
  | 'differs';

export const whats = [
  'changed',
  'added',
  'leftover',
  'missing',
  'recreated',
  'foreign',
  'overwritten',
  'not-unsealed',
  'stuck',
  'unpublished',
  'differs',
] as const satisfies readonly What[];

/** Who wrote something last, as the API server remembers it. */
export interface Owner {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  /** ISO 8601. */
  readonly since?: string;
  /** Such as `scale` or `status`. */
  readonly subresource?: string;
}

export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Null for what belongs to the whole cluster. */
  readonly namespace: string | null;
}

/** One thing that is not as it is meant to be; plain data, so that it can be printed, sent, kept and compared. */
export interface Difference {
  /** The same in every run, and of no other difference: what the baseline names. */
  readonly id: string;
  readonly between: Between;
  readonly what: What;
  readonly cluster: string;
  /** `environment/system`; none for what belongs to no system, such as Argo CD's own objects. */
  readonly overlay?: string;
  readonly object?: ObjectName;
  /** As `stowage why` takes it; none for what is about a whole object. */
  readonly field?: string;
  /** The same as steps, for those who edit: in the declared object, or in the live one for what is not declared. */
  readonly address?: readonly (string | number)[];
  /** What is meant, as it may be shown: secrets are not. Left out where there is none. */
  readonly declared?: unknown;
  /** What is there, as it may be shown. Left out where there is none. */
  readonly live?: unknown;
  /** Whether a value is a secret, so that neither is shown. */
  readonly concealed?: true;
  readonly owner?: Owner;
  /** Lines of the description that say otherwise, as `file:line`. */
  readonly because: readonly string[];
  /** What is the matter, in one line without the object and the field. */
  readonly summary: string;
  /** What to do about it. */
  readonly advice: string;
  /** Changes when what is there changes: an acceptance is of just this. Never the value itself. */
  readonly digest: string;
}

/** What could not be looked at, and why: a report with any of these is never a clean bill. */
export interface Unseen {
  readonly cluster: string;
  /** Such as `configmaps` or `Deployment web in shop`. */
  readonly what: string;
  readonly why: string;
  readonly hint?: string;
}

/** What one kind of look at one cluster, or at the repository, found. */
export interface Findings {
  readonly differences: readonly Difference[];
  readonly unseen: readonly Unseen[];
  /** What is there beside the declared, and stays there on purpose: volumes of what was removed, earlier ConfigMaps. */
  readonly kept: readonly Kept[];
  readonly effort: Effort;
}

export interface Kept {
  readonly cluster: string;
  readonly object: ObjectName;
  readonly why: string;
}

export interface Effort {
  /** Declared objects that were compared. */
  readonly objects: number;
  readonly requests: number;
  readonly lists: number;
  readonly dryRuns: number;
}

export const noFindings: Findings = {
  differences: [],
  unseen: [],
  kept: [],
  effort: { objects: 0, requests: 0, lists: 0, dryRuns: 0 },
};
