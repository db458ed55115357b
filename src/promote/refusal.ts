import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ClassifiedField } from './transfer.ts';

/** Why a change is not made, for the person at the keyboard. */
export interface Refusal {
  readonly refused: string;
  readonly advice?: string | undefined;
  /** It is no trouble but how things stand: a scheduled run passes over it. */
  readonly stands?: true;
  /** Of a description that would have errors with the change in it. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** There is nothing to do, and no problem. */
export interface Nothing {
  readonly nothing: string;
  /** What differs all the same, and stays. */
  readonly compared?: Comparison | undefined;
}

/** How two entries of a system differ. */
export interface Comparison {
  readonly from: string;
  readonly to: string;
  readonly fields: readonly ClassifiedField[];
}

export function refuse(refused: string, advice?: string): Refusal {
  return advice === undefined ? { refused } : { refused, advice };
}
