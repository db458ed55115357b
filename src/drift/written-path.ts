import type { Place } from '../model/source-file.ts';
import { isTrackedList, isTrackedMap, type Tracked } from '../model/tracked.ts';

/** The way to what stands at a place of a document; the innermost where several begin there. */
export function writtenPath(document: Tracked, { file, start, end }: Place): (string | number)[] | undefined {
  const search = (node: Tracked, path: (string | number)[]): (string | number)[] | undefined => {
    const children: [string | number, Tracked][] = isTrackedList(node)
      ? [...node.value.entries()]
      : isTrackedMap(node)
        ? Object.entries(node.value)
        : [];
    for (const [key, child] of children) {
      const found = search(child, [...path, key]);
      if (found !== undefined) return found;
    }
    const { origin } = node;
    const isHere =
      origin.kind === 'spec' && origin.place.file.path === file.path && origin.place.start === start && origin.place.end === end;
    return isHere ? path : undefined;
  };
  return search(document, []);
}
