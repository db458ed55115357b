import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { CommandContext } from './command-context.ts';

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
  try {
    for (const { id, text, refuse } of questions) {
      for (;;) {
        err(`${text}: `);
        const line = await nextLine(reader, signal);
        err('\n');
        if (line === undefined) return answers;
        if (line === '') break;
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

/** Undefined at the end of the input; a run that is stopped comes to its end here. */
function nextLine(reader: ReturnType<typeof createInterface>, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      reader.off('line', onLine);
      reader.off('close', onClose);
    };
    const onLine = (line: string) => {
      settle();
      resolve(line);
    };
    const onClose = () => {
      settle();
      if (signal.aborted) reject(new Error('stopped'));
      else resolve(undefined);
    };
    reader.once('line', onLine);
    reader.once('close', onClose);
  });
}
