import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repository, temporaryFolder } from '../../support/fleet-files.ts';
import type { Installed } from './installed.ts';
import { type Server, startServer } from './process.ts';

/** The folder of one cluster, and all that was started for it. */
export interface Premises {
  readonly installed: Installed;
  readonly folder: string;
  run(name: string, command: string, words: readonly string[], env?: NodeJS.ProcessEnv): Server;
  /** What else ends with it, before all that was started earlier. */
  onStop(stop: () => Promise<void>): void;
  /** Ids of the processes by name, for those who measure. */
  readonly processes: ReadonlyMap<string, number>;
  /** With a name for them the logs are kept; gives where. */
  stop(keepLogsAs?: string): Promise<string | undefined>;
}

export function openPremises(installed: Installed): Premises {
  const folder = temporaryFolder();
  const stops: (() => Promise<void>)[] = [];
  const processes = new Map<string, number>();
  return {
    installed,
    folder,
    processes,
    run(name, command, words, env) {
      const server = startServer(name, command, words, { folder, ...(env && { env }) });
      stops.unshift(() => server.stop());
      if (server.id !== undefined) processes.set(name, server.id);
      return server;
    },
    onStop(stop) {
      stops.unshift(stop);
    },
    async stop(keepLogsAs) {
      for (const stop of stops.splice(0)) await stop();
      const kept = keepLogsAs === undefined ? undefined : keepLogs(folder, keepLogsAs);
      rmSync(folder, { recursive: true, force: true });
      return kept;
    },
  };
}

/** Those of an earlier run under the same name go. */
function keepLogs(folder: string, name: string): string {
  const kept = join(repository, '.stowage/cluster-logs', name);
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  for (const file of readdirSync(folder).filter((one) => one.endsWith('.log'))) cpSync(join(folder, file), join(kept, file));
  return kept;
}
