/** Something that must never be so, in any schedule. */
export function violation(text: string, shown?: unknown): never {
  throw new Error(shown === undefined ? text : `${text}: ${typeof shown === 'string' ? shown : JSON.stringify(shown, null, 1)}`);
}
