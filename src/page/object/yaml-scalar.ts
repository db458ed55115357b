/** Characters that nobody sees, or that change how others are read: they are written by their numbers. */
const odd = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\p{Cs}]/u;
const oddEverywhere = new RegExp(odd.source, 'gu');
const oddInBlock = new RegExp(odd.source.replace('\\u0000-\\u001f', '\\u0000-\\u0008\\u000b-\\u001f'), 'u');

/** What YAML 1.1 or 1.2 takes for something else than text. */
const otherTypes = [
  /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<)$/i,
  /^[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[-+]?\d+)?$/i,
  /^[-+]?0[xob][\da-f_]+$/i,
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?$/,
  /^[-+]?\.(?:inf|nan)$/i,
  /^\d{4}-\d{1,2}-\d{1,2}/,
];
const otherMeaning = /^$|^\s|\s$|^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|^(?:---|\.\.\.)|:(?:\s|$)|\s#/;

/** A text in one line, quoted where it would be read as something else. */
export function printText(text: string): string {
  if (odd.test(text)) return JSON.stringify(text).replace(oddEverywhere, byNumber);
  if (!otherMeaning.test(text) && !otherTypes.some((type) => type.test(text))) return text;
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

/** `|`, `|-` or `|+` for a text of several lines that may stand as it is; undefined where it has to be quoted. */
export function blockHead(text: string): string | undefined {
  if (!/^\S.*\n/.test(text) || oddInBlock.test(text) || /\n[ \t]+\n*$/.test(text)) return undefined;
  if (!text.endsWith('\n')) return '|-';
  return text.endsWith('\n\n') ? '|+' : '|';
}

function byNumber(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
