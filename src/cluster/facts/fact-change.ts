import type { YamlEdit } from '../../edit/yaml-edit.ts';

/** A fact of cluster.yaml that the cluster tells otherwise. */
export interface FactChange {
  /** Below `spec`, such as `storageClasses.gp3`. */
  readonly field: string;
  /** Left out where nothing stood. */
  readonly before?: unknown;
  /** Left out where nothing is to stand. */
  readonly after?: unknown;
  readonly edits: readonly YamlEdit[];
}

/** A single value. */
export function valueChange(path: readonly string[], before: unknown, after: unknown): FactChange[] {
  if (before === after) return [];
  const edits = [{ path: ['spec', ...path], value: after }];
  return [{ field: path.join('.'), ...(before === undefined ? {} : { before }), after, edits }];
}

export interface Replacement {
  readonly before?: string;
  readonly after?: string;
}

/**
 * Entries of a list of names: replaced where they stand, added behind the last, and taken away from the end, so that
 * no place moves before its turn. What the list lacks altogether is written as one.
 */
export function listChanges(
  word: string,
  written: readonly string[] | undefined,
  replacements: readonly Replacement[],
): FactChange[] {
  const added = replacements.filter(({ before }) => before === undefined);
  if (written === undefined) {
    const edit = { path: ['spec', word], value: added.map(({ after }) => after) };
    return added.map((entry, index) => ({ field: word, ...entry, edits: index === 0 ? [edit] : [] }));
  }
  const place = ({ before }: Replacement) => written.indexOf(before as string);
  const replaced = replacements.filter(({ before, after }) => before !== undefined && after !== undefined);
  const removed = replacements.filter(({ after }) => after === undefined).sort((a, b) => place(b) - place(a));
  const at = (index: number) => ['spec', word, index];
  return [
    ...replaced.map((entry) => ({ field: word, ...entry, edits: [{ path: at(place(entry)), value: entry.after }] })),
    ...added.map((entry, index) => ({
      field: word,
      ...entry,
      edits: [{ path: at(written.length + index), value: entry.after }],
    })),
    ...removed.map((entry) => ({ field: word, ...entry, edits: [{ path: at(place(entry)), remove: true as const }] })),
  ];
}
