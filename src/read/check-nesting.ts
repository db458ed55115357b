import type { Report } from '../diagnostics/diagnostic.ts';
import { placeAt, type SourceFile } from '../model/source-file.ts';
import { limits } from './limits.ts';

/**
 * Refuses deep nesting before the YAML parser sees it, since the parser recurses. Counts brackets of
 * flow collections and block indicators on one line; brackets in quotes count too, which only matters
 * for text that no description holds.
 */
export function checkNesting(file: SourceFile, report: Report): boolean {
  let open = 0;
  let lineStart = 0;
  for (let at = 0; at <= file.text.length; at += 1) {
    const character = file.text.charCodeAt(at);
    if (character === 0x5b || character === 0x7b) open += 1;
    else if (character === 0x5d || character === 0x7d) open = Math.max(0, open - 1);
    else if (character === 0x0a || at === file.text.length) {
      const line = file.text.slice(lineStart, Math.min(at, lineStart + 2_000));
      const indicators = line.match(/^[\s?:-]*/)?.[0].replace(/\s/g, '').length ?? 0;
      const indentation = line.match(/^ */)?.[0].length ?? 0;
      if (indicators > limits.depth || indentation > limits.depth * 8) return tooDeep(file, lineStart, at, report);
      lineStart = at + 1;
    }
    if (open > limits.depth) return tooDeep(file, at, at + 1, report);
  }
  return true;
}

function tooDeep(file: SourceFile, start: number, end: number, report: Report): boolean {
  report({
    code: 'too-deep',
    severity: 'error',
    message: `nested more than ${limits.depth} levels deep`,
    place: placeAt(file, start, end),
    hint: 'no description needs this; look for a bracket that is never closed',
  });
  return false;
}
