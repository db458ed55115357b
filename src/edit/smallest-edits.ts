import { isMap, isSeq, type Node, type YAMLMap } from 'yaml';
import { deepEqual } from '../model/deep-equal.ts';
import { findNodes, hasMergeKey } from './find-node.ts';
import type { OpenDocument } from './open-document.ts';
import { getPlain, isPlainMap, type Path, type PlainMap } from './plain-data.ts';
import { isProblem, lineOf, namePath, type Problem } from './problem.ts';
import type { YamlEdit } from './yaml-edit.ts';

/**
 * The edit as edits of single entries: only what differs, each in something that exists. What is new comes
 * first, so that a map does not become `{}` on its way.
 */
export function smallestEdits(open: OpenDocument, edit: YamlEdit): readonly YamlEdit[] | Problem {
  const { path } = edit;
  const trail = findNodes(open, path);
  if (isProblem(trail)) return trail;
  const missing = path.length + 1 - trail.length;
  const node = trail.at(-1)?.node ?? null;
  const old = getPlain(open.plain, path);
  if (!('value' in edit)) {
    if (missing === 0) return path.length === 0 ? { problem: 'a whole document is not removed by an edit' } : [edit];
    return old === undefined
      ? []
      : {
          problem: `line ${lineOf(open.text, node?.range?.[0] ?? 0)}: ${namePath(path)} comes from a merge key (<<), and can only be removed where that takes it from`,
        };
  }
  if (old !== undefined && deepEqual(old, edit.value)) return [];
  if (missing === 0) return differences(node, old, edit.value, path);
  // A parent that has no value is one to be filled; an entry of a map or list is added where these are.
  const depth = isMap(node) || isSeq(node) ? trail.length : trail.length - 1;
  const nowhere = path.slice(trail.length).find((part) => typeof part === 'number' && part > 0);
  if (nowhere !== undefined)
    return { problem: `${namePath(path)} would be place ${nowhere} of a list that does not exist; begin with place 0` };
  return [{ path: path.slice(0, depth), value: wrap(path.slice(depth), edit.value) }];
}

function differences(node: Node | null, old: unknown, value: unknown, path: Path): YamlEdit[] {
  if (deepEqual(old, value)) return [];
  const whole = [{ path, value }];
  if (isMap(node) && isPlainMap(old) && isPlainMap(value)) return mapDifferences(node, old, value, path) ?? whole;
  if (!isSeq(node) || !Array.isArray(old) || !Array.isArray(value) || value.length === 0 || old.length === 0) return whole;
  const changed = value.flatMap((item, index) =>
    index < old.length
      ? differences(node.items[index] as Node | null, old[index], item, [...path, index])
      : [{ path: [...path, index], value: item }],
  );
  const gone = old.map((_, index): YamlEdit => ({ path: [...path, index], remove: true })).slice(value.length);
  return [...changed, ...gone.reverse()];
}

/** Undefined when the map has to be written as a whole. */
function mapDifferences(node: YAMLMap, old: PlainMap, value: PlainMap, path: Path): YamlEdit[] | undefined {
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(value, key));
  if (Object.keys(value).length === 0 || (gone.length > 0 && hasMergeKey(node))) return undefined;
  const edits = Object.entries(value).flatMap(([key, child]): YamlEdit[] => {
    const at = [...path, key];
    if (!Object.hasOwn(old, key)) return [{ path: at, value: child }];
    const own = node.items.find((pair) => String((pair.key as { value?: unknown }).value) === key);
    return differences((own?.value ?? null) as Node | null, old[key], child, at);
  });
  return [...edits, ...gone.map((key): YamlEdit => ({ path: [...path, key], remove: true }))];
}

function wrap(path: Path, value: unknown): unknown {
  return path.reduceRight((child, part) => (typeof part === 'number' ? [child] : { [part]: child }), value);
}
