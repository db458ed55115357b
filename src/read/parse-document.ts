import type { Report } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../model/source-file.ts';
import type { Tracked } from '../model/tracked.ts';
import { checkNesting } from './check-nesting.ts';
import { readClosely } from './read-closely.ts';
import { readPlainly } from './read-plainly.ts';

/** YAML text to a tracked tree in which every value knows its place; undefined when it cannot be used. */
export function parseDocument(file: SourceFile, layer: string, report: Report): Tracked | undefined {
  const plain = readPlainly(file, layer);
  if (plain !== undefined) return plain;
  return checkNesting(file, report) ? readClosely(file, layer, report) : undefined;
}
