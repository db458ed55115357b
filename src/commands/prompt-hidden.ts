import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { type CommandContext, UsageError } from './command-context.ts';

/** Asks for values on the terminal, one line each, without showing them. */
export async function promptHidden(
  questions: readonly {
    readonly id: string;
    readonly text: string;
    readonly refuse: (value: Uint8Array) => string | undefined;
  }[],
  { err, signal }: CommandContext,
): Promise<Map<string, Uint8Array>> {
  const answers = new Map<string, Uint8Array>();
  // One reader for all: between two of them the terminal would show what is typed ahead.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true, historySize: 0, signal });
  // In raw mode Ctrl-C is a key like others.
  reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const nextLine = linesOf(reader, signal);
  try {
    for (const { id, text, refuse } of questions) {
      for (;;) {
        err(`${text}: `);
        const line = await nextLine();
        err('\n');
        if (line === undefined) return answers;
        if (line === '') break;
        // Its other lines would be taken for answers to what is asked next.
        if (line.startsWith('-----BEGIN '))
          throw new UsageError(`${id} has several lines, and here a value has one`, `give it with --from-file ${id}=<path>`);
        const value = Buffer.from(line);
        const problem = refuse(value);
        if (problem === undefined) {
          answers.set(id, value);
          break;
        }
        err(`  ${problem}\n`);
      }
    }
  } finally {
    reader.close();
  }
  return answers;
}

/**
 * Line by line, undefined at the end of the input; a run that is stopped comes to its end here. What is pasted
 * arrives as several lines at once, before anybody asks for the second of them.
 */
function linesOf(reader: ReturnType<typeof createInterface>, signal: AbortSignal): () => Promise<string | undefined> {
  const lines: string[] = [];
  let closed = false;
  let wake = () => {};
  reader.on('line', (line) => {
    lines.push(line);
    wake();
  });
  reader.on('close', () => {
    closed = true;
    wake();
  });
  return async () => {
    while (lines.length === 0 && !closed) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (signal.aborted) throw new Error('stopped');
    return lines.shift();
  };
}
