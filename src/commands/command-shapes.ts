import type { Command } from 'commander';

export type Action = (...input: never[]) => Promise<number>;

/** What commands have in common, so that the same option means the same everywhere. */
export interface Shapes {
  /** How results are told. */
  readonly printing: (command: Command) => Command;
  /** And which fleet it is about. */
  readonly common: (command: Command) => Command;
  /** And which part of it. */
  readonly selecting: (command: Command) => Command;
  /** Loads what a command does when it is called. */
  readonly call: (load: () => Promise<Action>) => (...input: unknown[]) => Promise<void>;
}

export function commandShapes(call: Shapes['call']): Shapes {
  const printing = (command: Command) =>
    command.option('--json', 'print the result as JSON').option('-q, --quiet', 'print problems only');
  const common = (command: Command) =>
    printing(command.option('--fleet <folder>', 'the folder with stowage.yaml; by default the nearest one around here'));
  const selecting = (command: Command) =>
    common(command)
      .option('-e, --environment <name>', 'only this environment; may be given again', collect)
      .option('-s, --system <name>', 'only this system; may be given again', collect);
  return { printing, common, selecting, call };
}

/** An option that may be given again; one that takes several words at once would swallow an argument behind it. */
export function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}
