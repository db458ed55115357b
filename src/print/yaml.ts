import { stringify } from 'yaml';

// Kustomize reads YAML 1.1: what looks like a number, date or boolean there must be quoted.
const options = { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false, version: '1.2' } as const;

const lineBreaks = /[\u0085\u2028\u2029\ufeff]/g;
const inexact = /[\u0085\u2028\u2029\ufeff]|[|>][-+0-9]*\n(?:(?: *\n)* *\t| +\n)/;

/** The one place that prints YAML. */
export function printYaml(value: unknown): string {
  const text = stringify(value, options);
  // YAML takes some characters for line breaks, and white space at the start of a block for its indentation; JSON is exact.
  return inexact.test(text) ? `${JSON.stringify(value, null, 2).replace(lineBreaks, escapeCharacter)}\n` : text;
}

export function printDocuments(values: readonly unknown[]): string {
  return values.map(printYaml).join('---\n');
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
