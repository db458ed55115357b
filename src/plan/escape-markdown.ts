import { printable, printableLine } from './printable.ts';

/**
 * A name or a value as code: nothing in it is a mention, a link, a reference or HTML there. The fence is longer
 * than any that the text holds, so the text cannot end it.
 */
export function asCode(text: string): string {
  const line = printableLine(text);
  const fence = '`'.repeat(longestRun(line) + 1);
  // One space on each side is not part of the code, and keeps a backtick at an end apart from the fence.
  const apart = line === '' || /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${apart}${line}${apart}${fence}`;
}

/** Lines as a block of code. */
export function asCodeBlock(text: string, language: string): string {
  const shown = printable(text);
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
