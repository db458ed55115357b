import { SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

/** Where something stands in a text: from `start` up to, and without, `end`. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

// Each is tried at one place, and steps over what may stand between there and what is looked for.
const toBlockHeader = /(?:[\s:?-]|#[^\n]*)*/y;
const toMissingValue = /[ \t]*:[ \t]*/y;
const toMissingItem = /(?:\s|#[^\n]*)*-[ \t]*/y;
const toClosingBracket = /(?:[\s,:?]|#[^\n]*)*/y;

/** What is written for a scalar, its quotes or the header of its block included; `before` is where ends what came before. */
export function stretchOfScalar(text: string, { valueStart, valueEnd, style }: ScalarEvent, before: number): Stretch {
  if (style === SCALAR_STYLE.PLAIN) return { start: valueStart, end: valueEnd };
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED)
    return { start: valueStart - 1, end: valueEnd + 1 };
  return { start: skip(text, toBlockHeader, before) ?? valueStart, end: valueEnd };
}

/** An item that is left out stands behind its dash. */
export function stretchOfMissingItem(text: string, before: number): Stretch {
  const at = skip(text, toMissingItem, before) ?? before;
  return { start: at, end: at };
}

/** A value that is left out stands behind its colon; with that left out too it has only its key. */
export function stretchOfMissingValue(text: string, key: Stretch): Stretch {
  const at = skip(text, toMissingValue, key.end);
  return at === undefined ? key : { start: at, end: at };
}

/** Where the bracket closes of a collection whose last item ends at `last`. */
export function endOfFlow(text: string, last: number): number {
  return (skip(text, toClosingBracket, last) ?? last) + 1;
}

function skip(text: string, pattern: RegExp, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
