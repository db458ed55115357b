import { deepEqual } from '../model/deep-equal.ts';
import { applyEdit } from './apply-edit.ts';
import { type DocumentStyle, styleOf } from './document-style.ts';
import { type OpenDocument, openDocument } from './open-document.ts';
import { editPlain, toPlain } from './plain-data.ts';
import { isProblem, namePath, type Problem } from './problem.ts';
import { smallestEdits } from './smallest-edits.ts';
import type { YamlEdit } from './yaml-edit.ts';

/**
 * A person's YAML with some values changed, and everything else as it was, byte for byte. The result is read
 * again and says exactly what the old data with these edits does; what cannot be written so is a problem.
 */
export function editYaml(text: string, edits: readonly YamlEdit[]): { readonly text: string } | Problem {
  const before = openDocument(text);
  if (isProblem(before)) return before;
  const style = styleOf(before);
  let open: OpenDocument = before;
  let intent = before.plain;
  for (const edit of edits) {
    const plain = plainEdit(edit);
    if (isProblem(plain)) return plain;
    const after = applyWhole(open, plain, style);
    if (isProblem(after)) return after;
    open = after;
    intent = editPlain(intent, plain.path, plain);
  }
  if (!deepEqual(open.plain, intent))
    return { problem: 'the edits together do not give what each of them asks for; make them one by one' };
  return { text: open.text };
}

function applyWhole(open: OpenDocument, edit: YamlEdit, style: DocumentStyle): OpenDocument | Problem {
  const steps = smallestEdits(open, edit);
  if (isProblem(steps)) return steps;
  let edited = open;
  for (const step of steps) {
    const next = applyEdit(edited, step, style);
    if (isProblem(next)) return next;
    edited = next;
  }
  return edited;
}

function plainEdit(edit: YamlEdit): YamlEdit | Problem {
  if (!('value' in edit)) return edit;
  const plain = toPlain(edit.value);
  if ('value' in plain) return { path: edit.path, value: plain.value };
  return { problem: `${namePath(edit.path)} cannot be ${plain.unwritable}; no YAML reader would get it back` };
}
