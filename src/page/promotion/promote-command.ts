import { shellWord } from '../base/shell-word.ts';

/** What somebody types to promote a system, with the fields that they chose to take along. */
export function promoteCommand(system: string, to: string, include: readonly string[]): string {
  const options = include.flatMap((name) => ['--include', shellWord(name)]);
  return ['stowage promote', shellWord(system), '--to', shellWord(to), ...options].join(' ');
}
