/** NUL is no part of a Kubernetes value; the others kustomize reads, and then refuses to print or takes for a line break. */
const pattern = /[\0\u007f-\u009f\ufffe\uffff]/;

/** The first character of a text that could not reach a cluster. */
export function uncarriedCharacter(text: string): { readonly name: string; readonly at: number } | undefined {
  const at = text.search(pattern);
  return at < 0 ? undefined : { name: `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`, at };
}
