import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Failure } from '../store/fail.ts';
import { type CommandContext, type CommonOptions, exitCodes } from './command-context.ts';
import { firstFleet } from './first-fleet.ts';
import { writeSchemas } from './schema-command.ts';

export async function initCommand(folder: string, options: CommonOptions, context: CommandContext): Promise<number> {
  const target = resolve(context.folder, folder);
  const files = Object.entries(firstFleet);
  const inTheWay = files.map(([path]) => path).filter((path) => existsSync(join(target, path)));
  if (inTheWay.length > 0)
    throw new Failure(
      `${inTheWay.join(', ')} ${inTheWay.length === 1 ? 'exists' : 'exist'} already; nothing was written`,
      'name another folder',
    );
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(target, path)), { recursive: true });
      writeFileSync(join(target, path), text, { flag: 'wx' });
    }
    // The files name them for editors.
    writeSchemas(join(target, '.stowage', 'schemas'));
  } catch (error) {
    throw new Failure(`cannot write to ${target}: ${(error as Error).message}`);
  }
  const paths = files.map(([path]) => path);
  if (options.json === true) context.out(`${JSON.stringify({ command: 'init', folder: target, files: paths }, null, 2)}\n`);
  else if (options.quiet !== true) {
    const there = relative(context.folder, target);
    context.out(
      `${paths.map((path) => `  create ${path}`).join('\n')}\nnext: ${there === '' ? '' : `cd ${there} && `}stowage compile\n`,
    );
  }
  return exitCodes.clean;
}
