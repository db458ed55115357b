import pc from 'picocolors';
import { type CommandContext, exitCodes, UsageError } from './commands/command-context.ts';
import { buildProgram } from './commands/program.ts';
import { printable } from './plan/printable.ts';
import { Failure } from './store/fail.ts';

/** Runs one command and says how it ended. */
export async function main(words: readonly string[]): Promise<number> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  // Not `once`: a listener that is gone when its signal is told lets execa end the process at once.
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const colour = pc.createColors(process.stderr.isTTY === true && process.env.NO_COLOR === undefined);
  const context: CommandContext = {
    folder: process.cwd(),
    environment: process.env,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    interactive: process.stderr.isTTY === true,
    palette: { error: colour.red, warning: colour.yellow, strong: colour.bold, faint: colour.dim },
    signal: stop.signal,
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
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function tell(error: unknown, { err, palette }: CommandContext): number {
  if (error instanceof UsageError || error instanceof Failure) {
    err(
      `${palette.error('error')}: ${printable(error.message)}\n${error.hint === undefined ? '' : `  ${palette.strong('→')} ${printable(error.hint)}\n`}`,
    );
    return error instanceof UsageError ? exitCodes.usage : exitCodes.failure;
  }
  const { stack, message } = error as Error;
  err(
    `${palette.error('internal error')}: ${message}\nThis is a bug in Stowage; please report it with the lines below.\n${stack ?? ''}\n`,
  );
  return exitCodes.failure;
}
