import { CST, Lexer } from 'yaml';
import type { Report } from '../diagnostics/diagnostic.ts';
import { placeAt, type SourceFile } from '../model/source-file.ts';
import { limits } from './limits.ts';

/** Refuses deep nesting before a parser sees it that recurses and has no limit of its own. */
export function checkNesting(file: SourceFile, report: Report): boolean {
  const tooDeep = deepLine(file.text) ?? deepBracket(file.text);
  if (tooDeep === undefined) return true;
  report({
    code: 'too-deep',
    severity: 'error',
    message: `nested more than ${limits.depth} levels deep`,
    place: placeAt(file, ...tooDeep),
    hint: 'no description needs this; look for a bracket that is never closed',
  });
  return false;
}

type Stretch = readonly [start: number, end: number];

const indicators = /^(?:[ \t]*[-?:](?=\s))*/;

/** A line that opens too many lists and maps, or lies too far in. */
function deepLine(text: string): Stretch | undefined {
  for (let start = 0; start < text.length; ) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const line = text.slice(start, Math.min(end, start + 2_000));
    const opened = indicators.exec(line)?.[0].replace(/\s/g, '').length ?? 0;
    const indentation = /^ */.exec(line)?.[0].length ?? 0;
    if (opened > limits.depth || indentation > limits.depth * 8) return [start, end];
    start = end + 1;
  }
  return undefined;
}

/** The first bracket of a flow collection too many. Those of texts, quotes and comments open nothing. */
function deepBracket(text: string): Stretch | undefined {
  if (text.split(/[[{]/, limits.depth + 2).length < limits.depth + 2) return undefined;
  let [at, open, isText] = [0, 0, false];
  for (const token of new Lexer().lex(text)) {
    const type = isText ? 'scalar' : CST.tokenType(token);
    isText = type === 'scalar' && !isText;
    if (type === 'flow-seq-start' || type === 'flow-map-start') open += 1;
    else if (type === 'flow-seq-end' || type === 'flow-map-end') open -= 1;
    if (open > limits.depth) return [at, at + 1];
    if (token !== CST.SCALAR && token !== CST.DOCUMENT && token !== CST.FLOW_END) at += token.length;
  }
  return undefined;
}
