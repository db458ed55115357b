import type { Generate } from './generate.ts';
import type { Scope } from './scope.ts';

/** A Secret of one system in one environment, as far as sealing it goes. */
export interface SealingTarget {
  readonly cluster: string;
  readonly environment: string;
  readonly system: string;
  /** The key of its declaration. */
  readonly secret: string;
  /** Where the Secret will be: what its values are bound to. */
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly scope: Scope;
  /** Whether anything that is on reads it; one that nothing reads is not asked for. */
  readonly used: boolean;
  /** Whether an operator fetches it from elsewhere, so that nothing is sealed. */
  readonly external: boolean;
  readonly keys: readonly SealingKey[];
}

export interface SealingKey {
  readonly key: string;
  readonly description: string | undefined;
  /** A value that is no secret and is not asked for. */
  readonly default: string | undefined;
  readonly minLength: number | undefined;
  readonly generate: Generate | undefined;
  readonly composed: ComposedText | undefined;
  /** Workloads whose pods read it, as Kind/name. */
  readonly readers: readonly string[];
}

/** Which keys a call is about. */
export type IsChosen = (target: SealingTarget, key: SealingKey) => boolean;

/** A text that is put together before it is sealed. */
export interface ComposedText {
  readonly parts: readonly (string | { readonly secret: string; readonly key: string })[];
  /** Of the text with names in place of values: tells a text that has changed since. */
  readonly digest: string;
}

/** Names a key within its system. */
export function valueId(secret: string, key: string): string {
  return `${secret}/${key}`;
}

export function sealedPath({ cluster, environment, system, secret }: SealingTarget): string {
  return `clusters/${cluster}/sealed/${environment}/${system}/${secret}.yaml`;
}

/** What is asked for: neither a default nor assembled from others. */
export function isAskedFor({ default: usual, composed }: SealingKey): boolean {
  return usual === undefined && composed === undefined;
}
