import { diffArrays } from 'diff';
import { type Piece, wordDiff } from './word-diff.ts';

/** One line of a diff, as it stands on its side. */
export interface Side {
  readonly line: number;
  readonly text: string;
  /** Where it differs from its counterpart, if it has one. */
  readonly pieces?: readonly Piece[];
  /** The text ends here, and without a newline. */
  unended?: true;
}

/** Lines that are the same, or that stand in each other's place; a note is about lines that are not shown. */
export type DiffRow =
  | { readonly kind: 'same'; readonly before: Side; readonly after: Side }
  | { readonly kind: 'changed'; readonly before?: Side; readonly after?: Side }
  | { readonly kind: 'note'; readonly text: string };

/** Lines that go, and those that come in their place. */
interface Block {
  readonly gone: Side[];
  readonly come: Side[];
}

/** A unified diff as rows of both sides. */
export function rowsOfDiff(diff: string): DiffRow[] {
  const rows: DiffRow[] = [];
  let block: Block = { gone: [], come: [] };
  let [before, after] = [1, 1];
  let last: Side[] = [];
  const close = () => {
    rows.push(...rowsOfBlock(block));
    block = { gone: [], come: [] };
  };
  for (const line of diff.split('\n')) {
    const [mark, text] = [line.charAt(0), line.slice(1)];
    if (mark === '-') {
      if (block.come.length > 0) close();
      last = [{ line: before++, text }];
      block.gone.push(...last);
    } else if (mark === '+') {
      last = [{ line: after++, text }];
      block.come.push(...last);
    } else if (mark === '\\') {
      for (const side of last) side.unended = true;
    } else {
      close();
      if (mark === '@') {
        const places = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
        if (places !== null) [before, after] = [Number(places[1]), Number(places[2])];
        if (places === null || rows.length > 0)
          rows.push({ kind: 'note', text: places === null ? line.replaceAll('@@', '').trim() : '' });
        continue;
      }
      const [left, right]: [Side, Side] = [
        { line: before++, text },
        { line: after++, text },
      ];
      last = [left, right];
      rows.push({ kind: 'same', before: left, after: right });
    }
  }
  close();
  return rows;
}

const mostEdits = 500;

/** Two texts as rows, whole; undefined on a side that has none. */
export function rowsOfTexts(before: string | undefined, after: string | undefined): DiffRow[] {
  const [were, are] = [before?.split('\n') ?? [], after?.split('\n') ?? []];
  const parts = diffArrays(were, are, { maxEditLength: mostEdits });
  if (parts === undefined) return rowsOfBlock({ gone: numbered(were, 1), come: numbered(are, 1) });
  const rows: DiffRow[] = [];
  let block: Block = { gone: [], come: [] };
  let [left, right] = [1, 1];
  for (const { value, added, removed } of parts) {
    if (removed) block.gone.push(...numbered(value, left));
    else if (added) block.come.push(...numbered(value, right));
    else {
      rows.push(...rowsOfBlock(block));
      block = { gone: [], come: [] };
      const [first, second] = [numbered(value, left), numbered(value, right)];
      rows.push(...first.map((side, at): DiffRow => ({ kind: 'same', before: side, after: second[at] as Side })));
    }
    if (!added) left += value.length;
    if (!removed) right += value.length;
  }
  return [...rows, ...rowsOfBlock(block)];
}

function numbered(lines: readonly string[], first: number): Side[] {
  return lines.map((text, at) => ({ line: first + at, text }));
}

function rowsOfBlock({ gone, come }: Block): DiffRow[] {
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, at) => counterparts(gone[at], come[at]));
}

function counterparts(before: Side | undefined, after: Side | undefined): DiffRow {
  const words = before === undefined || after === undefined ? undefined : wordDiff(before.text, after.text);
  return {
    kind: 'changed',
    ...(before === undefined ? {} : { before: words === undefined ? before : { ...before, pieces: words.before } }),
    ...(after === undefined ? {} : { after: words === undefined ? after : { ...after, pieces: words.after } }),
  };
}

/** One line under the other: of lines that stand in each other's place first all that go, then all that come. */
export type UnifiedRow =
  | { readonly kind: 'same' | 'gone' | 'come'; readonly before?: number; readonly after?: number; readonly side: Side }
  | { readonly kind: 'note'; readonly text: string };

export function unified(rows: readonly DiffRow[]): UnifiedRow[] {
  const lines: UnifiedRow[] = [];
  let come: UnifiedRow[] = [];
  for (const row of rows) {
    if (row.kind === 'changed') {
      if (row.before !== undefined) lines.push({ kind: 'gone', before: row.before.line, side: row.before });
      if (row.after !== undefined) come.push({ kind: 'come', after: row.after.line, side: row.after });
      continue;
    }
    lines.push(...come);
    come = [];
    lines.push(row.kind === 'note' ? row : { kind: 'same', before: row.before.line, after: row.after.line, side: row.after });
  }
  return [...lines, ...come];
}
