import { stringify } from 'yaml';

// Kustomize reads YAML 1.1: what looks like a number, date or boolean there must be quoted.
const options = { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false, version: '1.2' } as const;

/** The one place that prints YAML. */
export function printYaml(value: unknown): string {
  const text = stringify(value, options);
  return unreadable.test(text) ? `${JSON.stringify(value, null, 2).replaceAll(everyUnreadable, escapeCharacter)}\n` : text;
}

// YAML takes these for line breaks; JSON's escapes of them are exact. JSON's of pairs, such as emoji, are not.
const unreadable = /[\u0085\u2028\u2029\ufeff]/;
const everyUnreadable = new RegExp(unreadable, 'g');

export function printDocuments(values: readonly unknown[]): string {
  return values.map(printYaml).join('---\n');
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
