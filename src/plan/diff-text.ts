import { structuredPatch } from 'diff';

/** Beyond so many changed lines two texts are no longer compared: the answer would be slow and unreadable. */
const mostEdits = 1000;
const mostLines = 20_000;

/** A unified diff of two texts of several lines, without names of files. */
export function diffText(before: string, after: string): string {
  const lines = Math.max(countLines(before), countLines(after));
  const patch =
    lines > mostLines ? undefined : structuredPatch('', '', before, after, '', '', { context: 3, maxEditLength: mostEdits });
  if (patch === undefined) return `@@ ${countLines(before)} lines become ${countLines(after)} others @@`;
  return patch.hunks
    .flatMap(({ oldStart, oldLines, newStart, newLines, lines: changed }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...changed,
    ])
    .join('\n');
}

function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
