import type { CST } from 'yaml';
import { type DocumentStyle, isPadded } from './document-style.ts';
import type { Holder, Spot } from './find-node.ts';
import type { ValueToken } from './open-document.ts';
import { endOfLine, endOfLines, replaceLines, type Splice, skipSpacesBefore } from './splice.ts';
import {
  endOfHead,
  endOfToken,
  endOfValue,
  entriesOf,
  isCollectionToken,
  isFlowMap,
  propertiesOf,
  startOfBody,
} from './tokens.ts';
import { blockValue, flowText, type ValueText } from './value-text.ts';

/** What is there: on the line of the key or dash from `start` to `end`, and in lines of its own from `top` to `bottom`. */
interface Extent {
  readonly start: number;
  readonly end: number;
  readonly top: number;
  readonly bottom: number;
}

/** A value in place of another one. Comments behind it stay; those among the lines that make room go with them. */
export function replaceNode(text: string, spot: Spot, value: unknown, style: DocumentStyle): Splice[] {
  const { holder, token } = spot;
  if (spot.inFlow && holder !== undefined) return replaceInFlow(text, holder, token, value, style);
  const wasFlow = token?.type === 'flow-collection' && entriesOf(token).length > 0;
  const indent = holder === undefined ? -1 : holder.token.indent;
  const put: ValueText =
    wasFlow && typeof value === 'object'
      ? { inline: flowText(value, style, isFlowMap(token) ? isPadded(text, token) : style.padded), lines: '' }
      : blockValue(value, style, indent, holder?.token.type === 'block-seq', token);
  return holder === undefined ? replaceRoot(text, token, put, style.lineBreak) : replaceInBlock(text, holder, token, put);
}

/** Away with the anchor and the tag of the old value, for a value that is something else with them. */
export function removeProperties(text: string, { holder }: Spot): Splice[] {
  const properties = holder === undefined ? [] : propertiesOf(holder.entry);
  return properties.map((token) => ({ start: skipSpacesBefore(text, token.offset), end: endOfToken(token), text: '' }));
}

function replaceInFlow(
  text: string,
  holder: Holder,
  token: ValueToken | undefined,
  value: unknown,
  style: DocumentStyle,
): Splice[] {
  const around = holder.token.type === 'flow-collection' && isFlowMap(holder.token) ? isPadded(text, holder.token) : style.padded;
  const put = flowText(value, style, around, token);
  if (token !== undefined) return [{ start: token.offset, end: endOfValue(token), text: put }];
  const head = endOfHead(holder.entry);
  const hasColon = holder.entry.sep?.some(({ type }) => type === 'map-value-ind');
  return [{ start: head, end: head, text: hasColon ? ` ${put}` : `: ${put}` }];
}

function replaceRoot(text: string, token: ValueToken | undefined, put: ValueText, lineBreak: string): Splice[] {
  const lines = (put.inline === '' ? '' : put.inline + lineBreak) + put.lines;
  if (token === undefined) return [replaceLines(text, text.length, text.length, lines)];
  const end = endOfValue(token);
  return [{ start: token.offset, end, text: text[end - 1] === '\n' ? lines : lines.replace(/\r?\n$/, '') }];
}

function replaceInBlock(text: string, holder: Holder, token: ValueToken | undefined, put: ValueText): Splice[] {
  const head = endOfHead(holder.entry);
  const old = measure(text, holder, token, head, put.inline === '');
  const { inline, lines } = onDashLine(text, holder, old, put);
  const below = replaceLines(text, old.top, old.bottom, lines);
  if (inline === '') return [{ start: skipSpacesBefore(text, old.start), end: old.end, text: '' }, below];
  return [{ start: old.start, end: old.end, text: old.start === head ? ` ${inline}` : inline }, below];
}

function measure(text: string, holder: Holder, token: ValueToken | undefined, head: number, toLines: boolean): Extent {
  const column = holder.token.indent;
  if (token === undefined) return { start: head, end: head, top: endOfLine(text, head), bottom: endOfLine(text, head) };
  if (token.type === 'block-scalar') {
    const header = token.props.find((part) => part.type === 'block-scalar-header') as CST.SourceToken;
    return { start: header.offset, end: endOfToken(header), top: startOfBody(token), bottom: endOfValue(token) };
  }
  const isBlock = isCollectionToken(token) && token.type !== 'flow-collection';
  const bottom = isBlock ? endOfLines(text, endOfValue(token), column) : endOfLine(text, endOfValue(token));
  const onOwnLine = text.slice(head, token.offset).includes('\n');
  if (onOwnLine && (isBlock || toLines)) return { start: head, end: head, top: endOfLine(text, head), bottom };
  const end = isBlock ? bottom - (text.slice(0, bottom).match(/\r?\n$/)?.[0].length ?? 0) : endOfValue(token);
  return { start: token.offset, end, top: bottom, bottom };
}

/** `- a: 1` instead of a dash with a line to itself, unless a comment stands there. */
function onDashLine(text: string, holder: Holder, old: Extent, put: ValueText): ValueText {
  const comment = text.slice(old.end, endOfLine(text, old.end)).trim() !== '';
  if (put.inline !== '' || holder.token.type !== 'block-seq' || comment) return put;
  const first = put.lines.indexOf('\n') + 1;
  return { inline: put.lines.slice(0, first).trim(), lines: put.lines.slice(first) };
}
