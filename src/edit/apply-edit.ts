import { deepEqual } from '../model/deep-equal.ts';
import type { DocumentStyle } from './document-style.ts';
import { findNodes, type Spot } from './find-node.ts';
import { insertEntry } from './insert-entry.ts';
import { type OpenDocument, openDocument } from './open-document.ts';
import { editPlain, getPlain } from './plain-data.ts';
import { isProblem, lineOf, namePath, type Problem } from './problem.ts';
import { extentOfEntry, removeEntry } from './remove-entry.ts';
import { removeProperties, replaceNode } from './replace-node.ts';
import { findSharing } from './shared-nodes.ts';
import { applySplices, endOfLines, type Splice } from './splice.ts';
import { endOfHead, endOfValue } from './tokens.ts';
import type { YamlEdit } from './yaml-edit.ts';

/** One edit of a single entry. Each way of writing it is read again, and the first that says what is meant is taken. */
export function applyEdit(open: OpenDocument, edit: YamlEdit, style: DocumentStyle): OpenDocument | Problem {
  const trail = findNodes(open, edit.path);
  if (isProblem(trail)) return trail;
  const spot = trail.at(-1) as Spot;
  const { start, end } = extentOf(spot, 'remove' in edit);
  const missing = trail.length <= edit.path.length;
  const sharing = findSharing(open, trail, missing ? 0 : start, missing ? 0 : end);
  if (sharing !== undefined) return sharing;
  const intent = editPlain(open.plain, edit.path, edit);
  for (const splices of waysToWrite(open, trail, edit, intent, style)) {
    const edited = openDocument(applySplices(open.text, splices));
    if (isProblem(edited) || edited.document.warnings.length > open.document.warnings.length) continue;
    if (deepEqual(edited.plain, intent)) return edited;
  }
  const where = `line ${lineOf(open.text, start)}: ${namePath(edit.path)}`;
  return { problem: `${where} cannot be changed without changing something else; change it by hand` };
}

function* waysToWrite(
  { text }: OpenDocument,
  trail: readonly Spot[],
  edit: YamlEdit,
  intent: unknown,
  style: DocumentStyle,
): Generator<readonly Splice[]> {
  const { path } = edit;
  const spot = trail.at(-1) as Spot;
  const above = trail.at(-2);
  const missing = trail.length <= path.length;
  if ('value' in edit) {
    // Lines of a text can run into what follows them; in quotes they cannot.
    for (const kind of [style, { ...style, quoteAll: true }]) {
      const last = path.at(-1) as string | number;
      const splices = missing ? insertEntry(text, spot, last, edit.value, kind) : replaceNode(text, spot, edit.value, kind);
      yield splices;
      if (!missing) yield [...removeProperties(text, spot), ...splices];
    }
  } else if (above !== undefined) {
    yield removeEntry(text, spot, above, style);
  }
  const around = missing ? spot : above;
  const depth = missing ? trail.length - 1 : trail.length - 2;
  if (around !== undefined && isBare(text, around))
    yield replaceNode(text, around, getPlain(intent, path.slice(0, depth)), style);
}

/** What can be written anew without a loss: no comments, anchors, aliases or tags. */
function isBare(text: string, { holder, token }: Spot): boolean {
  if (token === undefined) return true;
  const start = holder === undefined ? token.offset : endOfHead(holder.entry);
  return !/[#&*!]|<</.test(text.slice(start, endOfLines(text, endOfValue(token), holder?.token.indent ?? 0)));
}

function extentOf({ holder, token }: Spot, withEntry: boolean): { readonly start: number; readonly end: number } {
  if (holder !== undefined && withEntry) return extentOfEntry(holder);
  if (token !== undefined) return { start: token.offset, end: endOfValue(token) };
  const head = holder === undefined ? 0 : endOfHead(holder.entry);
  return { start: head, end: head };
}
