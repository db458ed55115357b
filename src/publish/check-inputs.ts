import type { Block } from './block.ts';
import { dirtyMark, readTrailers, unversioned } from './commit-message.ts';
import type { PublishRequest } from './publish-request.ts';

/** What others published must be what ours came from, or publishing would take theirs back. */
export async function checkInputs(
  theirs: string,
  where: string,
  { inputs, relate, supersede }: Pick<PublishRequest, 'inputs' | 'relate' | 'supersede'>,
): Promise<Block | undefined> {
  const commit = theirs.endsWith(dirtyMark) ? theirs.slice(0, -dirtyMark.length) : theirs;
  if (commit === unversioned || supersede.some((named) => named.length >= 7 && commit.startsWith(named))) return undefined;
  const short = commit.slice(0, 12);
  const named = `or say that ours replaces it with \`--supersede ${short}\``;
  if (inputs === unversioned)
    return {
      reason: `${where} comes from inputs of commit ${short}, and this fleet is in no git repository that could say which is newer`,
      advice: `publish from a clone of the fleet's repository, ${named}`,
    };
  switch (await relate(commit)) {
    case 'same':
    case 'older':
      return undefined;
    case 'newer':
      return {
        reason: `${where} comes from inputs that are newer than these: commit ${short}`,
        advice: 'pull and compile again',
      };
    case 'apart':
      return {
        reason: `${where} comes from inputs that these do not contain: commit ${short}`,
        advice: `pull and compile again, ${named}`,
      };
    default:
      return {
        reason: `${where} comes from inputs of commit ${short}, which this clone does not have`,
        advice: `fetch the whole history of the fleet's repository, pull and compile again, ${named}`,
      };
  }
}

/** Of each key the inputs of the newest message that names it. */
export function newestInputs(messages: readonly string[], keys: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const message of messages) {
    const trailers = readTrailers(message);
    for (const key of trailers.keys) if (keys.includes(key) && !found.has(key)) found.set(key, trailers.inputs);
  }
  return found;
}
