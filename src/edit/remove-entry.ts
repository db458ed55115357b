import type { CST } from 'yaml';
import type { DocumentStyle } from './document-style.ts';
import type { Holder, Spot } from './find-node.ts';
import type { Entry } from './open-document.ts';
import { replaceNode } from './replace-node.ts';
import { endOfLine, endOfLines, replaceLines, type Splice, startOfLine, startsItsLine, startWithComments } from './splice.ts';
import { endOfContent, endOfToken, startOfContent } from './tokens.ts';

/** An entry with its lines, the comment behind it and those right above it. `above` is the collection that it leaves. */
export function removeEntry(text: string, spot: Spot, above: Spot, style: DocumentStyle): Splice[] {
  const holder = spot.holder as Holder;
  if (holder.token.type === 'flow-collection') return removeFromFlow(text, holder, holder.token);
  if (holder.entries.length === 1) return replaceNode(text, above, holder.token.type === 'block-map' ? {} : [], style);
  return removeLines(text, holder);
}

/** What is lost with the entry, comments aside. */
export function extentOfEntry({ entry }: Holder): { readonly start: number; readonly end: number } {
  return { start: startOfContent(entry), end: endOfContent(entry) };
}

function removeLines(text: string, { token, entries, entry, index }: Holder): Splice[] {
  const start = startOfContent(entry);
  const end = endOfLines(text, endOfContent(entry), token.indent);
  // The first entry of a map in a list follows the dash, and the next one takes its place.
  if (!startsItsLine(text, start)) return [{ start, end: end + (text.slice(end).match(/^\s*/)?.[0].length ?? 0), text: '' }];
  return [replaceLines(text, firstLine(text, start, token.indent, entries[index - 1]), end, '')];
}

/** Comments at the very start are about the file, and those above the second line of a map may be about all of it. */
function firstLine(text: string, start: number, column: number, before: Entry | undefined): number {
  const line = startOfLine(text, start);
  const floor = before === undefined ? 0 : endOfLines(text, endOfContent(before), column);
  const first = startWithComments(text, line, column, floor);
  return before === undefined && !/\S/.test(text.slice(0, first).replace(/^\uFEFF|^---.*$/gm, '')) ? line : first;
}

function removeFromFlow(text: string, { entries, entry, index }: Holder, token: CST.FlowCollection): Splice[] {
  const start = startOfContent(entry);
  const end = endOfContent(entry);
  const open = token.offset + 1;
  const close = (token.end[0] as CST.SourceToken).offset;
  const commas = token.items.flatMap((item) => (item as Entry).start.filter(({ type }) => type === 'comma'));
  const before = commas.findLast(({ offset }) => offset < start);
  const behind = commas.find(({ offset }) => offset >= end);
  const next = entries[index + 1];
  if (entries.length === 1) {
    const rest = text.slice(open, start) + text.slice(behind === undefined ? end : endOfToken(behind), close);
    if (rest.trim() === '') return [{ start: open, end: close, text: '' }];
  }
  const last = behind === undefined ? end : endOfToken(behind);
  const line = endOfLine(text, last);
  const alone = startsItsLine(text, start) && line <= close && /^[ \t]*(#.*)?\r?\n?$/.test(text.slice(last, line));
  if (alone) {
    const top = startOfLine(text, start);
    const first = startWithComments(text, top, start - top, before === undefined ? open : endOfLine(text, before.offset));
    const lines = { start: first, end: line, text: '' };
    const separator =
      behind === undefined && before !== undefined ? [{ start: before.offset, end: endOfToken(before), text: '' }] : [];
    return [...separator, lines];
  }
  const upToNext = next !== undefined && !text.slice(end, startOfContent(next)).includes('#');
  if (index === 0 && upToNext) return [{ start, end: startOfContent(next), text: '' }];
  if (before !== undefined && !text.slice(before.offset, start).includes('#')) return [{ start: before.offset, end, text: '' }];
  if (upToNext) return [{ start, end: startOfContent(next), text: '' }];
  const spaces = text.slice(last).match(/^[ \t]*/)?.[0].length ?? 0;
  return [{ start, end: last + spaces, text: '' }];
}
