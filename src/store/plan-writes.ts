import type { Unit } from '../compile/unit.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { wholeFile } from '../model/source-file.ts';
import { hasOtherLineEndings, readHeader } from '../print/header.ts';
import type { Generated } from './list-generated.ts';

/** What a run would do to the generated files. */
export interface WritePlan {
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly remove: readonly string[];
  readonly unchanged: number;
  /** What would be written if the run were about it. */
  readonly skipped: readonly string[];
  /** Files in the generated folders that Stowage did not write; they stay as they are. */
  readonly foreign: readonly string[];
}

export interface PlanRequest {
  readonly units: readonly Unit[];
  readonly present: Generated;
  readonly read: (path: string) => string | undefined;
  /** Whether the run is about this path; what it is not about stays. */
  readonly selected: (path: string) => boolean;
  /** Hand-edited and foreign files that a person named for overwriting. */
  readonly overwrite: ReadonlySet<string>;
}

/** Generated files follow their inputs; hand edits and foreign files stop the run unless they were named. */
export function planWrites(request: PlanRequest, report: Report): WritePlan {
  const { units, read, selected, overwrite } = request;
  const { files: present, folders } = request.present;
  const create: string[] = [];
  const update: string[] = [];
  const remove: string[] = [];
  const foreign: string[] = [];
  const skipped: string[] = [];
  const meant = new Set<string>();
  const inTheWay = new Set<string>();
  let unchanged = 0;
  for (const unit of units) {
    for (const path of unit.files) meant.add(path);
    if (unit.contents === undefined) unchanged += unit.files.length;
    for (const [path, text] of unit.contents ?? []) {
      const old = present.has(path) ? read(path) : undefined;
      if (old === text) unchanged += 1;
      else if (!selected(path)) skipped.push(path);
      else if (folders.has(path)) inTheWay.add(path);
      else if (!present.has(path)) {
        const file = foldersOf(path).find((folder) => present.has(folder));
        if (file === undefined) create.push(path);
        else inTheWay.add(file);
      } else if (mayReplace(path, old, overwrite, report)) update.push(path);
    }
  }
  for (const path of inTheWay) reportInTheWay(path, present.has(path), report);
  for (const path of present) {
    if (inTheWay.has(path)) continue;
    if (meant.has(path) || !selected(path)) continue;
    const text = read(path) ?? '';
    const header = readHeader(text);
    if (header === undefined && !overwrite.has(path)) foreign.push(path);
    else if (header === undefined || header.untouched || overwrite.has(path)) remove.push(path);
    else reportTouched(path, text, 'nothing in the fleet generates it any more', report);
  }
  return {
    create: create.sort(compareText),
    update: update.sort(compareText),
    remove: remove.sort(compareText),
    unchanged,
    skipped,
    foreign: foreign.sort(compareText),
  };
}

export function isEmpty(plan: WritePlan): boolean {
  return plan.create.length + plan.update.length + plan.remove.length === 0;
}

/** Those above a path, from the root. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function reportInTheWay(path: string, isFile: boolean, report: Report): void {
  report({
    code: 'foreign-file',
    severity: 'error',
    message: isFile
      ? `${path} is a file and stands where a folder of generated files belongs`
      : `${path} is a folder and stands where a generated file belongs`,
    place: wholeFile({ path, text: '' }),
    hint: 'move it away',
  });
}

function mayReplace(path: string, old = '', overwrite: ReadonlySet<string>, report: Report): boolean {
  if (overwrite.has(path)) return true;
  const header = readHeader(old);
  if (header?.untouched === true) return true;
  if (header !== undefined) reportTouched(path, old, `what ${header.source} says now is something else`, report);
  else {
    const conflicted = /^<{7} /m.test(old);
    report({
      code: 'foreign-file',
      severity: 'error',
      message: conflicted
        ? `${path} holds the marks of a merge that git could not finish`
        : `${path} was not written by Stowage and stands where a generated file belongs`,
      place: wholeFile({ path, text: '' }),
      hint: conflicted
        ? `merge the inputs, then \`--overwrite ${path}\`; after \`stowage init --merge-driver\` there are none of these`
        : `move it away, or replace it with \`--overwrite ${path}\``,
    });
  }
  return false;
}

function reportTouched(path: string, text: string, now: string, report: Report): void {
  const endings = hasOtherLineEndings(text);
  report({
    code: 'hand-edited',
    severity: 'error',
    message: endings
      ? `${path} has line endings of Windows (CRLF), and is otherwise as it was written`
      : `${path} was edited by hand, and ${now}`,
    place: wholeFile({ path, text: '' }),
    hint: endings
      ? `say \`* text=auto eol=lf\` in .gitattributes, so that git leaves line endings alone, and have it written anew with \`--overwrite ${path}\``
      : `carry the edit into the description (a \`patches:\` entry takes anything), or give it up with \`--overwrite ${path}\``,
  });
}
