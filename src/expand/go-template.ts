import type { SecretReference, SecretTextPart } from '../resolve/secret-text.ts';

/** A text with values in it as the operator assembles it: a Go template over the keys that it fetched. */
export function goTemplate(parts: readonly SecretTextPart[], nameOf: (reference: SecretReference) => string): string {
  return parts.map((part) => (typeof part === 'string' ? literal(part) : action(nameOf(part)))).join('');
}

function action(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `{{ .${name} }}` : `{{ index . "${name}" }}`;
}

/** Two braces begin an action, and so would one at the end before those of the next. */
function literal(text: string): string {
  return text.replace(/\{\{|\{$/g, (braces) => `{{ "${braces}" }}`);
}
