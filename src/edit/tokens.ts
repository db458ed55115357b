import type { CST } from 'yaml';
import type { CollectionToken, Entry, ValueToken } from './open-document.ts';

/** What stands in a collection, without the commas and comments behind the last of it. */
export function entriesOf(token: CollectionToken): Entry[] {
  return (token.items as Entry[]).filter(
    (item) =>
      item.key !== undefined ||
      item.value !== undefined ||
      item.sep !== undefined ||
      item.start.some(({ type }) => type !== 'space' && type !== 'newline' && type !== 'comment' && type !== 'comma'),
  );
}

export function isCollectionToken(token: CST.Token | undefined): token is CollectionToken {
  return token?.type === 'block-map' || token?.type === 'block-seq' || token?.type === 'flow-collection';
}

export function isFlowMap(token: CST.FlowCollection): boolean {
  return token.start.type === 'flow-map-start';
}

export function valueIn(entry: Entry): ValueToken | undefined {
  const token = entry.value as ValueToken | undefined;
  // Before a comma the parser takes nothing for a scalar without a text.
  return token?.type === 'scalar' && token.source === '' ? undefined : token;
}

/** Behind the last character that is part of the value; comments behind it are not. */
export function endOfValue(token: ValueToken): number {
  switch (token.type) {
    case 'block-scalar':
      return startOfBody(token) + token.source.length;
    case 'flow-collection':
      return endOfToken(token.end[0] as CST.SourceToken);
    case 'block-map':
    case 'block-seq':
      return endOfContent(entriesOf(token).at(-1) as Entry);
    default:
      return token.offset + token.source.length;
  }
}

/** Where the lines of a `|` or `>` begin. */
export function startOfBody(token: CST.BlockScalar): number {
  return token.offset + (token.props as CST.SourceToken[]).reduce((length, { source }) => length + source.length, 0);
}

export function startOfContent(entry: Entry): number {
  const own = entry.start.find(isContent) ?? (entry.key as ValueToken | undefined) ?? entry.sep?.[0] ?? valueIn(entry);
  return own?.offset ?? 0;
}

export function endOfContent(entry: Entry): number {
  const value = valueIn(entry);
  return value === undefined ? endOfHead(entry) : endOfValue(value);
}

/** Behind the colon or the dash, and behind an anchor or tag that follows it: a value begins here. */
export function endOfHead(entry: Entry): number {
  const last = entry.sep?.findLast(isContent);
  if (last !== undefined) return endOfToken(last);
  if (entry.key) return endOfValue(entry.key as ValueToken);
  const start = entry.start.findLast(isContent) ?? entry.start.at(-1);
  return start === undefined ? (valueIn(entry)?.offset ?? 0) : endOfToken(start);
}

/** The anchor and the tag of an entry's value. */
export function propertiesOf(entry: Entry): CST.SourceToken[] {
  return (entry.sep ?? entry.start).filter(({ type }) => type === 'anchor' || type === 'tag');
}

export function endOfToken(token: CST.SourceToken): number {
  return token.offset + token.source.length;
}

function isContent({ type }: CST.SourceToken): boolean {
  return type !== 'space' && type !== 'newline' && type !== 'comment' && type !== 'comma';
}
