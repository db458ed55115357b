import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { linkMode, type TreeEntry } from '../git/list-tree.ts';
import { isTextOf } from '../git/published-files.ts';
import { deepEqual } from '../model/deep-equal.ts';
import { readHeader } from '../print/header.ts';
import { parseBuild } from '../verify/parse-build.ts';

export type FileTrouble =
  /** Not there, or no longer meant: written by nobody's hand. */
  | 'missing'
  | 'obsolete'
  /** As Stowage wrote it of another description. */
  | 'outdated'
  /** Stowage wrote it, and somebody changed it. */
  | 'edited'
  /** Not Stowage's, in the place of a generated file or beside them. */
  | 'foreign';

/** A file below a generated root that is not as the description compiles to. */
export interface DriftedFile {
  readonly path: string;
  readonly trouble: FileTrouble;
  /** Whether it says the same as the one that is meant, in other bytes. */
  readonly sameMeaning: boolean;
  /** Its text in the repository. */
  readonly theirs: string | undefined;
}

export function isByHand({ trouble }: DriftedFile): boolean {
  return trouble === 'edited' || trouble === 'foreign';
}

/** Which files need to be read to say how they differ. */
export function differingEntries(
  wanted: ReadonlyMap<string, string>,
  listed: ReadonlyMap<string, TreeEntry>,
): [string, TreeEntry][] {
  return [...listed].filter(([path, entry]) => entry.mode === linkMode || !isTextOf(wanted.get(path), entry));
}

export function driftedFiles(
  wanted: ReadonlyMap<string, string>,
  listed: ReadonlyMap<string, TreeEntry>,
  contents: ReadonlyMap<string, Uint8Array>,
): DriftedFile[] {
  const missing = [...wanted.keys()]
    .filter((path) => !listed.has(path))
    .map((path): DriftedFile => ({ path, trouble: 'missing', sameMeaning: false, theirs: undefined }));
  const others = differingEntries(wanted, listed).map(([path, entry]) => {
    const theirs = new TextDecoder('utf-8', { ignoreBOM: true }).decode(contents.get(entry.id));
    const isLink = entry.mode === linkMode;
    return driftedFile(path, wanted.get(path), theirs, isLink);
  });
  return [...missing, ...others].sort((one, other) => compareText(one.path, other.path));
}

function driftedFile(path: string, ours: string | undefined, theirs: string, isLink: boolean): DriftedFile {
  const header = isLink ? undefined : readHeader(theirs);
  const untouched = ours === undefined ? 'obsolete' : 'outdated';
  const trouble = header === undefined ? 'foreign' : header.untouched ? untouched : 'edited';
  return { path, trouble, theirs, sameMeaning: !isLink && ours !== undefined && saysTheSame(ours, theirs) };
}

/** Of config files, which are no YAML of Kubernetes, every byte counts. */
function saysTheSame(ours: string, theirs: string): boolean {
  try {
    const [mine, other] = [parseBuild(ours), parseBuild(theirs)];
    return mine.length > 0 && deepEqual(mine, other);
  } catch {
    return false;
  }
}
