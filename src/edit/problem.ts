/** Why an edit was not made: where, what, and what to do. */
export interface Problem {
  readonly problem: string;
}

export function isProblem(value: object): value is Problem {
  return 'problem' in value;
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

export function namePath(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'the document';
  const words = path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${nameKey(part)}`));
  return `\`${words.join('')}\``;
}

function nameKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}
