import { dump } from 'js-yaml';

/**
 * The one place that prints YAML. The printer quotes what YAML 1.1 or 1.2 would read as a number, a date, a
 * boolean or null, since kustomize reads some of both.
 */
export function printYaml(value: unknown): string {
  const text = dump(value, { lineWidth: -1, noRefs: true });
  return startsWithSpace.test(text) ? `${JSON.stringify(value, null, 2)}\n` : text;
}

/** White space at the start of a block of text is read by some as its indentation; JSON is exact. */
const startsWithSpace = /[|>][-+0-9]*\n(?:(?: *\n)* *\t| +\n)/;

export function printDocuments(values: readonly unknown[]): string {
  return values.map(printYaml).join('---\n');
}
