import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { AssumedFacts } from './assume-facts.ts';
import type { AssumedRelease } from './assume-release.ts';
import type { CompiledSystem } from './compile-system.ts';
import type { RememberedUnit } from './unit.ts';

export interface CompileOptions {
  /** The OpenAPI of a Kubernetes version, where it is known. */
  readonly schemas: (minor: string) => KubernetesSchemas | undefined;
  /** Identifies this compiler: another one may print the same inputs otherwise. */
  readonly compiler: string;
  /** Whether overlays are to say what building them must give. */
  readonly prove?: boolean;
  /** What an earlier run wrote, if it still lies there unchanged. */
  readonly remember?: Recollection;
  /** Facts to take in place of those that the clusters state. */
  readonly assume?: AssumedFacts;
  /** A release to take in place of the one that environments name. */
  readonly assumeRelease?: AssumedRelease | undefined;
  /** Whether to take every secret for sealed, also those that are not: for those who are about to seal them. */
  readonly assumeSealed?: true;
  /** Environments that are there and are not looked into: neither they nor what only they use stand in anybody's way. */
  readonly passesOver?: (environment: string) => boolean;
  /**
   * Only what clusters would get: nothing is factored or printed, and what only the parts of a base would tell is not
   * told. `compileBaseAlone` tells it.
   */
  readonly meaningOnly?: true;
  /** Sees systems as they are compiled; what it asks for is compiled even when it is remembered. */
  readonly inspect?: Inspector;
}

export interface Recollection {
  readonly get: (unit: string) => RememberedUnit | undefined;
  /** Whether there is one, for who does not need it yet: of a large fleet most are not looked at until all is told together. */
  readonly has: (unit: string) => boolean;
}

export interface Inspector {
  readonly wants: (environment: string, system: string) => boolean;
  readonly see: (environment: string, compiled: CompiledSystem) => void;
}
