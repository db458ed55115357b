import type { CommonOptions } from './command-context.ts';
import type { ValueSources } from './read-values.ts';
import type { Selection } from './selection.ts';

export interface SealOptions extends CommonOptions, Selection, ValueSources {
  readonly generate?: boolean;
  readonly rotate?: boolean;
  readonly rotateCertificate?: boolean;
  readonly privateKey?: readonly string[];
  readonly status?: boolean;
  readonly fetchCert?: boolean;
  readonly context?: string;
}

export type Way = 'rotateCertificate' | 'rotate' | 'generate';
