import { readdirSync, readFileSync } from 'node:fs';
import type { YamlEdit } from '../../src/edit/yaml-edit.ts';

interface EditCase {
  readonly name: string;
  readonly edits: readonly YamlEdit[];
  readonly before: string;
  readonly after: string | undefined;
  readonly problem: string | undefined;
}

const folder = new URL('cases/', import.meta.url);

/** `=== name`, edits, `<<<`, the text before, then `>>>` and the text after, or `!!!` and how the problem begins. */
export function readCases(): [file: string, cases: EditCase[]][] {
  return readdirSync(folder).map((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    return [file, text.split(/^=== /m).slice(1).map(readCase)];
  });
}

function readCase(text: string): EditCase {
  const match = text.match(/^(.*)\n([\s\S]*?)^<<<\n([\s\S]*?)^(>>>|!!!)\n([\s\S]*)$/m);
  if (match === null) throw new Error(`not a case: ${text}`);
  const [, name = '', edits = '', before = '', sign, result = ''] = match;
  // A blank line parts a case from the next one.
  const end = result.replace(/\n\n$/, '\n');
  return {
    name,
    edits: edits.trim().split('\n').map(readEdit),
    before,
    after: sign === '>>>' ? end : undefined,
    problem: sign === '!!!' ? end.trim() : undefined,
  };
}

function readEdit(line: string): YamlEdit {
  const [, verb, path = '', value = ''] = line.match(/^(set|remove) (\[.*?\])(?: (?=\S)(.*))?$/) ?? [];
  if (verb === undefined) throw new Error(`not an edit: ${line}`);
  return verb === 'set' ? { path: JSON.parse(path), value: JSON.parse(value) } : { path: JSON.parse(path), remove: true };
}
