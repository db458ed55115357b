import { stripVTControlCharacters } from 'node:util';

/** Text that somebody else may have written, fit for a terminal. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/[^\P{Cc}\n]/gu, ' ');
}
