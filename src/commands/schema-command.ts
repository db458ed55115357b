import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exportJsonSchemas } from '../language/export-json-schemas.ts';
import { cannotWrite } from '../store/cannot-write.ts';
import { makeFolders } from '../store/make-folders.ts';
import { type CommandContext, type CommonOptions, exitCodes } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';

export async function schemaCommand(
  folder: string | undefined,
  options: CommonOptions,
  context: CommandContext,
): Promise<number> {
  const target =
    folder === undefined ? join(fleetFolder(options, context), '.stowage', 'schemas') : resolve(context.folder, folder);
  let files: string[];
  try {
    files = writeSchemas(target);
    if (folder === undefined) writeFileSync(join(target, '..', '.gitignore'), '*\n');
  } catch (error) {
    throw cannotWrite(target, error);
  }
  if (options.json === true) context.out(`${JSON.stringify({ command: 'schema', files }, null, 2)}\n`);
  else if (options.quiet !== true) context.out(`${files.join('\n')}\n`);
  return exitCodes.clean;
}

export function writeSchemas(folder: string): string[] {
  makeFolders(folder);
  return Object.entries(exportJsonSchemas()).map(([name, schema]) => {
    const path = join(folder, name);
    writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`);
    return path;
  });
}
