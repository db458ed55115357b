import type { Tracked } from '../model/tracked.ts';

/** Thrown through the expressions that wait for each other, up to the one that closed the circle. */
export class ExpressionCycle extends Error {
  readonly node: Tracked<string>;

  constructor(node: Tracked<string>) {
    super('computed from itself');
    this.node = node;
  }
}

/** What an expression is computed from has failed, and was told. */
export class AlreadyTold extends Error {}

/** What an expression comes to can be written nowhere. */
export class ValueOfCelAlone extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint: string | undefined) {
    super(message);
    this.hint = hint;
  }
}

/** The library wraps what is thrown while it computes. */
export function isOrComesFrom(error: unknown, kind: new () => Error): boolean {
  return error instanceof kind || (error as { cause?: unknown }).cause instanceof kind;
}

export function cycleIn(error: unknown): ExpressionCycle | undefined {
  if (error instanceof ExpressionCycle) return error;
  const cause = (error as { cause?: unknown }).cause;
  return cause instanceof ExpressionCycle ? cause : undefined;
}

/** Types know these words of all components, since only values say which of them have a Service. */
export function hintFor(problem: string): string | undefined {
  const [, word] = /^No such key: (host|fqdn|url)$/.exec(problem) ?? [];
  if (word === undefined) return undefined;
  return `of components, those with a Service have a \`${word}\`: one that says \`ports: …\` and is no Job`;
}
