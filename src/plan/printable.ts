/** Control characters and marks that turn text around must reach neither a terminal nor a reviewer. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '�');
}

/** The same on one line. */
export function printableLine(text: string): string {
  return printable(text.replace(/\s*\n\s*/g, ' '));
}
