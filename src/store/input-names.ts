import type { Report } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../model/source-file.ts';

export const inputRoots: readonly string[] = ['systems', 'clusters'];
export const inputFile = 'stowage.yaml';

/** Read so far, and refused by the reader: it says why. */
export const longestFile = 2_097_152;

/** Editors and operating systems leave files of their own behind. */
export function isInputName(name: string): boolean {
  return !name.startsWith('.') && !name.endsWith('~');
}

/** An input must be what its path says. */
export function reportLink(path: string, report: Report): void {
  report({
    code: 'misplaced-file',
    severity: 'error',
    message: `${path} is a link; inputs are plain files and folders`,
    place: wholeFile({ path, text: '' }),
    hint: 'copy what it points to',
  });
}
