import type * as z from 'zod';
import { atPath, isTrackedList, isTrackedMap, type Tracked } from '../model/tracked.ts';
import { closestBranch } from './closest-branch.ts';
import { limits } from './limits.ts';

type Issue = z.core.$ZodIssue;
export type FieldPath = readonly (string | number)[];

/** Of a document, what fits. */
export interface Rest {
  readonly tree: Tracked;
  readonly leftOut: readonly FieldPath[];
}

/**
 * A document without what does not fit, so that the rest can be looked through. Where something is missing, what
 * lacks it is left out. Undefined where too little stays.
 */
export function leaveOutMisfits(tree: Tracked, misfits: (tree: Tracked) => readonly Issue[]): Rest | undefined {
  const issues = misfits(tree);
  if (issues.length === 0) return { tree, leftOut: [] };
  if (issues.length > limits.diagnosticsPerFile) return undefined;
  const wrong = issues.flatMap((issue) => pathsOf(issue)).map((path) => written(tree, path));
  if (wrong.some((path) => path.length === 0)) return undefined;
  const rest = leaveOutMisfits(without(tree, new Set(wrong.map(keyOf))), misfits);
  return rest && { tree: rest.tree, leftOut: [...wrong, ...rest.leftOut] };
}

function pathsOf(issue: Issue, prefix: FieldPath = []): FieldPath[] {
  const path = [...prefix, ...issue.path] as (string | number)[];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key]);
  const branch = issue.code === 'invalid_union' ? closestBranch(issue.errors) : undefined;
  return branch === undefined ? [path] : branch.flatMap((inner) => pathsOf(inner, path));
}

function written(tree: Tracked, path: FieldPath): FieldPath {
  return path.length === 0 || atPath(tree, path) !== undefined ? path : written(tree, path.slice(0, -1));
}

function without(tree: Tracked, wrong: ReadonlySet<string>, path: FieldPath = []): Tracked {
  const at = (key: string | number) => [...path, key];
  const stays = (key: string | number) => !wrong.has(keyOf(at(key)));
  if (isTrackedList(tree)) {
    const items = tree.value.flatMap((item, index) => (stays(index) ? [without(item, wrong, at(index))] : []));
    return { ...tree, value: items };
  }
  if (!isTrackedMap(tree)) return tree;
  const fields = Object.entries(tree.value).filter(([key]) => stays(key));
  return { ...tree, value: Object.fromEntries(fields.map(([key, child]) => [key, without(child, wrong, at(key))])) };
}

function keyOf(path: FieldPath): string {
  return JSON.stringify(path);
}
