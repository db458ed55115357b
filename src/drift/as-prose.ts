import { asCode } from '../plan/escape-markdown.ts';

/** Letters, and marks that mean nothing to Markdown nor to a forge that looks for mentions, references and links. */
const harmless = /^[A-Za-z0-9 ,.;:'"()/=?-]*$/;
const linked = /:\/\/|\bwww\.|\bGH-\d|^\s*[0-9=-]/i;

/** A sentence of ours for Markdown, with its code as code; one that something else has got into is code as a whole. */
export function asProse(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0 || !parts.every((part, index) => index % 2 === 1 || (harmless.test(part) && !linked.test(part))))
    return asCode(text);
  return parts.map((part, index) => (index % 2 === 1 ? asCode(part) : part)).join('');
}
