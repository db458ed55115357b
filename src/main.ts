import { setImmediate as nextTurn } from 'node:timers/promises';
import pc from 'picocolors';
import { type CommandContext, exitCodes, UsageError } from './commands/command-context.ts';
import { buildProgram } from './commands/program.ts';
import { printable } from './plan/printable.ts';
import { Failure, Misconfigured } from './store/fail.ts';

/** Runs one command and says how it ended; `out` takes what goes to standard output. */
export async function main(words: readonly string[], out: (text: string) => void): Promise<number> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  // Not `once`: a listener that is gone when its signal is told lets execa end the process at once.
  const listen = () => void process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const ignore = () => void process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  listen();
  const colour = pc.createColors(process.stderr.isTTY === true && process.env.NO_COLOR === undefined);
  const context: CommandContext = {
    folder: process.cwd(),
    environment: process.env,
    out,
    err: (text) => process.stderr.write(text),
    interactive: process.stderr.isTTY === true,
    palette: { error: colour.red, warning: colour.yellow, strong: colour.bold, faint: colour.dim },
    signal: stop.signal,
    compute: async (work) => {
      // A signal that came before is told in the next turn, or, where this one has already asked for signals, in that after it.
      await nextTurn();
      await nextTurn();
      stop.signal.throwIfAborted();
      // Nobody is called while nothing but the processor works, and who listens keeps a signal from ending the process.
      ignore();
      try {
        return work();
      } finally {
        listen();
      }
    },
  };
  try {
    return await buildProgram(context).run(words);
  } catch (error) {
    if (stop.signal.aborted) {
      context.err('stopped; nothing was left half-written\n');
      return 130;
    }
    return tell(error, context);
  } finally {
    ignore();
  }
}

function tell(error: unknown, { err, palette }: CommandContext): number {
  if (error instanceof UsageError || error instanceof Failure) {
    err(
      `${palette.error('error')}: ${printable(error.message)}\n${error.hint === undefined ? '' : `  ${palette.strong('→')} ${printable(error.hint)}\n`}`,
    );
    return error instanceof UsageError || error instanceof Misconfigured ? exitCodes.usage : exitCodes.failure;
  }
  const { stack, message } = error as Error;
  err(
    `${palette.error('internal error')}: ${message}\nThis is a bug in Stowage; please report it with the lines below.\n${stack ?? ''}\n`,
  );
  return exitCodes.failure;
}
