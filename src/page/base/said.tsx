/** Characters that would change how the text around them is read, or that nobody can see. */
const odd = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

/** A text as somebody wrote it: odd characters by their numbers, and its direction its own matter. */
export function Said({ text }: { readonly text: string }) {
  if (!odd.test(text)) return <bdi>{text}</bdi>;
  const pieces = text.split(new RegExp(`(${odd.source})`));
  return <bdi>{pieces.map((piece) => (odd.test(piece) ? <span class="odd-character">{codePoint(piece)}</span> : piece))}</bdi>;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
