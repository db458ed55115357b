import { stringify } from 'yaml';

// Kustomize reads YAML 1.1: what looks like a number, date or boolean there must be quoted.
const options = { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false, version: '1.2' } as const;

/** The one place that prints YAML. */
export function printYaml(value: unknown): string {
  const text = stringify(value, options);
  // YAML takes these for line breaks; JSON's escapes are exact.
  return /[\u0085\u2028\u2029\ufeff]/.test(text)
    ? `${JSON.stringify(value, null, 2).replace(/[\u007f-\uffff]/g, escapeCharacter)}\n`
    : text;
}

export function printDocuments(values: readonly unknown[]): string {
  return values.map(printYaml).join('---\n');
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
