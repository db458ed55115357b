import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Palette } from '../diagnostics/format-diagnostic.ts';

/** The world as a command sees it; tests hand in their own. */
export interface CommandContext {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether err is a terminal that can redraw a line. */
  readonly interactive: boolean;
  readonly palette: Palette;
  readonly signal: AbortSignal;
  /** Does what takes long and leaves nothing behind: as long as it works, an interrupt ends the process at once. */
  readonly compute: Compute;
}

export type Compute = <Result>(work: () => Result) => Promise<Result>;

export interface CommonOptions {
  readonly fleet?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * 0 clean, 1 problems or differences, 2 wrong usage, in the call or of repositories in stowage.yaml, 3 a failure of ours
 * or of the outside; `main` has 130, interrupted.
 */
export const exitCodes = { clean: 0, problems: 1, usage: 2, failure: 3 } as const;

/** A mistake in the call: told in one line, exit code 2. */
export class UsageError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

export function countProblems(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const warnings = diagnostics.length - errors;
  return [errors > 0 ? plural(errors, 'error') : '', warnings > 0 ? plural(warnings, 'warning') : '']
    .filter((text) => text !== '')
    .join(', ');
}

export function plural(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
