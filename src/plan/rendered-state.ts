import type { PlainObject } from '../model/desired-object.ts';

/** What a fleet means at one moment, rendered: the objects that clusters would get. */
export interface RenderedState {
  /** How messages call it: `working tree`, `commit 1a2b3c4`. */
  readonly name: string;
  /** `environment/system` → its objects. */
  readonly overlays: ReadonlyMap<string, readonly PlainObject[]>;
  /** `environment/system` → the `system/release` that it runs. */
  readonly runs?: ReadonlyMap<string, string>;
  /** `system/release` → digest of what its author wrote. */
  readonly releases?: ReadonlyMap<string, string>;
  /** `environment/system` → the Argo CD Application that applies it: it decides what becomes of what is deleted. */
  readonly applications?: ReadonlyMap<string, PlainObject>;
  /** `environment/system/secret/key` → what changes with the sealed value, and not with its ciphertext. */
  readonly sealed?: ReadonlyMap<string, string>;
  /** What is requested beyond a budget or a capacity. */
  readonly excess?: readonly Excess[];
  /** The lines of the description that a field comes from, where that is known. */
  readonly becauseOf?: (overlay: string, field: FieldAddress) => readonly string[];
}

export interface Excess {
  /** `environment/system` of all that share what is exceeded. */
  readonly overlays: readonly string[];
  readonly text: string;
}

export interface FieldAddress {
  readonly apiVersion: string;
  readonly kind: string;
  /** Without the hash of its content. */
  readonly name: string;
  readonly path: readonly (string | number)[];
}
