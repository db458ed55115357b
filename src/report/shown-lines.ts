import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { hideSecrets, maskedLine } from '../diagnostics/hide-secrets.ts';
import { type Place, type SourceFile, startOfLine } from '../model/source-file.ts';
import { secretName } from '../plaintext/secret-names.ts';

/** What no line may show: what diagnostics mask, wherever it stands, and whatever is about the lines around it. */
export interface Masks {
  readonly places: readonly Place[];
  /** Takes the masked texts out of a line that repeats them. */
  readonly hide: (text: string) => string;
}

/** Of each file, by its path. */
export function masksOf(diagnostics: readonly Diagnostic[]): (path: string) => Masks {
  const masked = diagnostics.filter(({ masked: is }) => is === true);
  const byPath = new Map<string, Masks>();
  for (const { file } of masked.map(({ place }) => place)) {
    const own = masked.filter(({ place }) => place.file.path === file.path);
    const hides = own.map(hideSecrets);
    byPath.set(file.path, {
      places: own.map(({ place }) => place),
      hide: (text) => hides.reduce((shown, hide) => hide(shown), text),
    });
  }
  return (path) => byPath.get(path) ?? none;
}

const none: Masks = { places: [], hide: (text) => text };

/** A line as it may be shown that no diagnostic is about. */
export function shownLine(file: SourceFile, number: number, { places, hide }: Masks): string {
  const at = startOfLine(file, number);
  const own = lineAt(file, number);
  if (isInsideSecret(file, number)) return `${own.slice(0, indentOf(own))}***`;
  const [, begin, key = '', quote = '', rest = ''] = entry.exec(own) ?? [];
  if (begin !== undefined && quote !== '' && !rest.includes(quote) && isSecret(key, file, number)) return `${begin}***`;
  return hide(maskedLine({ file, start: at, end: at }, false, places).text);
}

/** A key of a map, and what begins behind it. */
const entry = /^(\s*(?:- +)*["']?([\w.-]+)["']?\s*:\s*)(["']?)(.*)$/;

/** Further up nobody looks for what a line belongs to. */
const furthest = 2000;

/** Whether it is one of the lines of a text that goes by the name of a secret: by itself it looks like anything. */
function isInsideSecret(file: SourceFile, number: number): boolean {
  const own = lineAt(file, number);
  if (own.trim() === '') return false;
  let indent = indentOf(own);
  const top = Math.max(1, number - furthest);
  for (let above = number - 1, isParent = true; above >= top && indent > 0; above -= 1) {
    const line = lineAt(file, above);
    if (line.trim() === '' || indentOf(line) >= indent) continue;
    indent = indentOf(line);
    const [, , key, , begun = ''] = entry.exec(line) ?? [];
    if (key !== undefined && isSecret(key, file, above)) {
      // What follows on a key alone may be a map, whose keys say by themselves what they are.
      const isMap = /^(?:#.*)?$/.test(begun.trim()) && (!isParent || /^\s*(?:- |["']?[\w./-]+["']?\s*:(?:\s|$))/.test(own));
      if (!isMap && !/^[{[&*]/.test(begun)) return true;
    }
    isParent = false;
  }
  return false;
}

/** By its own name, or as the value of what is called so on a line beside it. */
function isSecret(key: string, file: SourceFile, number: number): boolean {
  if (secretName(key) !== undefined) return true;
  if (key !== 'value') return false;
  return [number - 1, number + 1].some((beside) => {
    const [, name] = /^\s*(?:- +)?name\s*:\s*["']?([\w.-]+)/.exec(lineAt(file, beside)) ?? [];
    return name !== undefined && secretName(name) !== undefined;
  });
}

function lineAt(file: SourceFile, number: number): string {
  if (number < 1) return '';
  return file.text.slice(startOfLine(file, number), startOfLine(file, number + 1)).replace(/\r?\n$/, '');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
