import type { Values } from '../sealing/assemble-values.ts';
import { keyState } from '../sealing/seal-status.ts';
import type { SealedFile } from '../sealing/sealed-file.ts';
import { type IsChosen, isAskedFor, type SealingTarget, sealedPath, valueId } from '../sealing/sealing-target.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import { promptHidden } from './prompt-hidden.ts';
import { problemOf } from './read-values.ts';

/** Asks on the terminal for what is missing, or for what was named. */
export async function askForValues(
  targets: readonly SealingTarget[],
  isChosen: IsChosen,
  missingOnly: boolean,
  sealed: ReadonlyMap<string, SealedFile>,
  context: CommandContext,
): Promise<Values> {
  const questions = targets.flatMap((target) =>
    target.keys
      .filter((key) => isChosen(target, key) && isAskedFor(key))
      .filter((key) => !missingOnly || keyState(key, target, sealed.get(sealedPath(target)), undefined) === 'missing')
      .map((key) => ({
        id: valueId(target.secret, key.key),
        text: `${valueId(target.secret, key.key)}${key.description === undefined ? '' : ` (${key.description})`}`,
        refuse: (value: Uint8Array) => problemOf(value, key),
      })),
  );
  if (questions.length === 0) return new Map();
  if (process.stdin.isTTY !== true)
    throw new UsageError(
      'there is no terminal to ask for values on',
      'give them with --from-env-file, --from-file or --stdin; --generate makes those that say how',
    );
  context.err('values are not shown; an empty line leaves one out\n');
  return promptHidden(questions, context);
}
