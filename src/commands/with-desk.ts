import type { Desk } from '../promote/desk.ts';
import type { StatusFile } from '../promote/read-status-file.ts';
import type { CommandContext, CommonOptions } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import { openDesk } from './promotion-desk.ts';

export async function withDesk(
  options: CommonOptions,
  statusFiles: readonly StatusFile[],
  context: CommandContext,
  act: (desk: Desk) => Promise<number>,
): Promise<number> {
  const { desk, close } = await openDesk(fleetFolder(options, context), statusFiles, context);
  try {
    return await act(desk);
  } finally {
    close();
  }
}
