import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Writes a line for all but the definitions and a line for each of them, so that a change shows as itself. */
export function writeDataFile(file, { definitions, ...head }) {
  const text = [head, ...Object.entries(definitions)].map((line) => `${JSON.stringify(line)}\n`).join('');
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return 'unchanged';
  writeFileSync(file, text);
  return `${text.length} bytes`;
}
