import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandContext, UsageError } from '../../src/commands/command-context.ts';
import { buildProgram } from '../../src/commands/program.ts';
import { printable } from '../../src/plan/printable.ts';
import { Failure } from '../../src/store/fail.ts';
import type { Ended } from './run-cli.ts';

const plain = (text: string) => text;

/** A command as the CLI runs it, without a process of its own: where that is not what is looked at. */
export async function runInProcess(folder: string, words: readonly string[], environment: NodeJS.ProcessEnv): Promise<Ended> {
  let out = '';
  let err = '';
  const context: CommandContext = {
    folder,
    environment,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    interactive: false,
    palette: { error: plain, warning: plain, strong: plain, faint: plain },
    signal: new AbortController().signal,
    compute: async (work) => work(),
  };
  try {
    return { code: await buildProgram(context).run(words), out, err };
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof Failure)) throw error;
    return {
      code: error instanceof UsageError ? 2 : 3,
      out,
      err: `${err}${printable(error.message)}\n${printable(error.hint ?? '')}\n`,
    };
  }
}

/** Files with values that lie there only as long as they are used. */
export async function withValueFiles<Result>(
  values: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-values-'));
  try {
    for (const [name, value] of Object.entries(values)) writeFileSync(join(folder, name), value);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
