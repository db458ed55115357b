import type { CST } from 'yaml';
import { type DocumentStyle, isPadded } from './document-style.ts';
import type { Spot } from './find-node.ts';
import type { Entry } from './open-document.ts';
import { replaceNode } from './replace-node.ts';
import { endOfLine, endOfLines, replaceLines, type Splice, startOfLine, startsItsLine } from './splice.ts';
import { endOfContent, endOfToken, entriesOf, isCollectionToken, isFlowMap, startOfContent } from './tokens.ts';
import { blockItem, blockPair, flowPair, flowText } from './value-text.ts';

/** A key behind the last one of a map, or an item behind the last one of a list. */
export function insertEntry(text: string, spot: Spot, part: string | number, value: unknown, style: DocumentStyle): Splice[] {
  const { token } = spot;
  if (!isCollectionToken(token)) return [];
  const last = entriesOf(token).at(-1);
  if (token.type === 'flow-collection') {
    const padded = isFlowMap(token) && last !== undefined ? isPadded(text, token) : style.padded;
    const put = isFlowMap(token) ? flowPair(String(part), value, style, padded) : flowText(value, style, padded);
    if (last !== undefined) return insertBehind(text, token, last, put, style);
    const inside = text.slice(token.offset + 1, (token.end[0] as CST.SourceToken).offset);
    const grows = !spot.inFlow && inside.trim() === '';
    if (grows) return replaceNode(text, spot, isFlowMap(token) ? { [part]: value } : [value], style);
    return fillEmpty(token, inside, isFlowMap(token) && padded ? ` ${put} ` : put);
  }
  const put =
    token.type === 'block-map' ? blockPair(String(part), value, style, token.indent) : blockItem(value, style, token.indent);
  const at = endOfLines(text, endOfContent(last as Entry), token.indent);
  return [replaceLines(text, at, at, put)];
}

function fillEmpty(token: CST.FlowCollection, inside: string, put: string): Splice[] {
  const start = token.offset + 1;
  return [
    { start, end: start + (inside.trim() === '' ? inside.length : 0), text: inside.trim() === '' ? put : ` ${put.trim()}` },
  ];
}

function insertBehind(text: string, token: CST.FlowCollection, last: Entry, put: string, style: DocumentStyle): Splice[] {
  const end = endOfContent(last);
  const trailing = token.items.at(-1) as Entry;
  const comma = trailing === last ? undefined : trailing.start.find(({ type }) => type === 'comma');
  const behind = comma === undefined ? end : endOfToken(comma);
  const start = startOfContent(last);
  if (!startsItsLine(text, start)) {
    if (comma !== undefined) return [{ start: behind, end: behind, text: ` ${put},` }];
    return [{ start: end, end, text: `, ${put}` }];
  }
  const closing = (token.end[0] as CST.SourceToken).offset;
  const indent = text.slice(startOfLine(text, start), start);
  const line = endOfLine(text, behind);
  // The bracket may close on the line of the last entry.
  const at = line > closing ? behind : line - style.lineBreak.length;
  const added = `${style.lineBreak}${indent}${put}`;
  if (comma !== undefined) return [{ start: at, end: at, text: `${added},` }];
  return [
    { start: end, end, text: ',' },
    { start: at, end: at, text: added },
  ];
}
