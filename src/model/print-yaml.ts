import { dump } from 'js-yaml';

/**
 * The one place that prints YAML. The printer quotes what YAML 1.1 or 1.2 would read as a number, a date, a
 * boolean or null, since kustomize reads some of both.
 */
export function printYaml(value: unknown): string {
  return dump(value, { lineWidth: -1, noRefs: true });
}

export function printDocuments(values: readonly unknown[]): string {
  return values.map(printYaml).join('---\n');
}
