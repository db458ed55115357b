import { compiler, schemas } from '../build-facts.ts';
import { compile } from '../compile/compile.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import type { Repository } from '../git/find-repository.ts';
import { linkMode, listTree, type TreeEntry } from '../git/list-tree.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { readCommit } from '../git/read-commit.ts';
import type { GitCall } from '../git/run-git.ts';
import { generatedRoots } from '../model/output-paths.ts';
import { readHeader } from '../print/header.ts';
import { inputFile } from '../store/input-names.ts';

/**
 * Two changes may merge as text, each of them right, and give generated files that no description means: one adds an
 * environment, the other changes what all environments get. Says what is wrong with a tree; undefined where all is right
 * or no description lies in it.
 */
export async function proveMerge(tree: string, path: string, call: GitCall): Promise<string | undefined> {
  const prefix = path === '' ? '' : `${path}/`;
  const repository: Repository = { call, prefix };
  const problems: Diagnostic[] = [];
  const files = await readCommit(repository, tree, (problem) => problems.push(problem));
  if (!files.has(inputFile)) return undefined;
  const { units, diagnostics } = compile(files, { compiler, schemas });
  const error = [...problems, ...diagnostics].find(({ severity }) => severity === 'error');
  if (error !== undefined) return `the merged description has an error: ${formatDiagnostic(error).split('\n')[0]}`;
  const wanted = new Map(units.flatMap(({ contents }) => [...(contents ?? [])]));
  const different = firstDifference(wanted, await readGenerated(repository, tree));
  return different && `the merged files would not be what the merged description says: ${different}`;
}

/** The texts of files where generated ones lie; a link has none that could be right. */
async function readGenerated({ call, prefix }: Repository, tree: string): Promise<Map<string, string | undefined>> {
  const roots = generatedRoots.map((root) => prefix + root);
  const entries = await listTree(tree, roots, call);
  const isLink = ({ mode }: TreeEntry) => mode === linkMode;
  const blobs = await readBlobs(
    entries.filter((entry) => !isLink(entry)).map(({ id }) => id),
    call,
  );
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return new Map(
    entries.map((entry) => [entry.path.slice(prefix.length), isLink(entry) ? undefined : decoder.decode(blobs.get(entry.id))]),
  );
}

function firstDifference(
  wanted: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string | undefined>,
): string | undefined {
  const paths = [...new Set([...wanted.keys(), ...found.keys()])].sort();
  return paths.find((path) => {
    const text = wanted.get(path);
    // What somebody else put beside generated files stays.
    return text === undefined ? readHeader(found.get(path) ?? '') !== undefined : text !== found.get(path);
  });
}
