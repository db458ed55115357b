import { callGit, type GitCall } from './call-git.ts';

/** Texts of objects that are there, by what they were asked for: an id, or `commit:path`. */
export async function readObjects(names: readonly string[], call: GitCall): Promise<Map<string, string>> {
  const distinct = [...new Set(names)];
  if (distinct.length === 0) return new Map();
  const { bytes } = await callGit(['cat-file', '--batch'], { ...call, input: `${distinct.join('\n')}\n` });
  const objects = new Map<string, string>();
  let at = 0;
  // Answers come in the order of what was asked.
  for (const name of distinct) {
    const end = bytes.indexOf(10, at);
    const size = / (\d+)$/.exec(bytes.toString('utf8', at, end))?.[1];
    at = end + 1;
    if (size === undefined) continue;
    objects.set(name, bytes.toString('utf8', at, at + Number(size)));
    at += Number(size) + 1;
  }
  return objects;
}

/** The same of blobs of which some may have to be fetched: all of them at once, where git would ask for each. */
export async function readBlobs(ids: readonly string[], call: GitCall): Promise<Map<string, string>> {
  const distinct = [...new Set(ids)];
  if (distinct.length === 0) return new Map();
  const wanted = await missingOf(distinct, call);
  if (wanted.length > 0) {
    // Told what is here already, the server would take these for a part of it.
    const words = [
      '-c',
      'fetch.negotiationAlgorithm=noop',
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--recurse-submodules=no',
      '--filter=blob:none',
    ];
    await callGit([...words, '--stdin', 'origin'], { ...call, input: `${wanted.join('\n')}\n` });
  }
  return readObjects(distinct, call);
}

/** Asked through a repository that has the same objects and nobody to fetch others from. */
async function missingOf(ids: readonly string[], call: GitCall): Promise<string[]> {
  const { out } = await callGit(['cat-file', '--batch-check=%(objectname)'], {
    ...call,
    folder: `${call.folder}/probe.git`,
    variables: { GIT_OBJECT_DIRECTORY: `${call.folder}/objects` },
    input: `${ids.join('\n')}\n`,
  });
  return [...out.matchAll(/^([0-9a-f]+) missing$/gm)].map((match) => match[1] as string);
}
