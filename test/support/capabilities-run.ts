import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { capabilitiesCommand } from '../../src/commands/capabilities-command.ts';
import { UsageError } from '../../src/commands/command-context.ts';
import type { CapabilitiesOptions } from '../../src/commands/tell-capabilities.ts';
import { Failure } from '../../src/store/fail.ts';
import { type ApiServer, kubeconfig, startApiServer } from './api-server.ts';
import { temporaryFolder } from './fleet-files.ts';
import { answerAs, type LiveCluster } from './live-cluster.ts';
import type { Ended } from './run-cli.ts';
import { secretValue } from './secret-value.ts';

export const token = secretValue('bearer');

/** `stowage capabilities` beside a cluster that is played here, by the context `live`. */
export async function withLiveCluster<Result>(
  live: LiveCluster,
  use: (run: CapabilitiesRun, server: ApiServer) => Promise<Result>,
): Promise<Result> {
  const server = await startApiServer(answerAs(live));
  // The file lies there only as long as it is used: it holds a token.
  const config = join(temporaryFolder(), 'config');
  writeFileSync(config, kubeconfig({ elsewhere: 'https://127.0.0.1:1', live: server.address }, token));
  vi.stubEnv('KUBECONFIG', config);
  try {
    return await use(capabilities, server);
  } finally {
    rmSync(config);
    vi.unstubAllEnvs();
    await server.close();
  }
}

export type CapabilitiesRun = typeof capabilities;

export async function capabilities(
  folder: string,
  cluster: string,
  options: CapabilitiesOptions = {},
  environment: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  let out = '';
  let err = '';
  const plain = (text: string) => text;
  const context = {
    folder,
    environment,
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    interactive: false,
    palette: { error: plain, warning: plain, strong: plain, faint: plain },
    signal: new AbortController().signal,
    compute: async <Result>(work: () => Result) => work(),
  };
  try {
    return { code: await capabilitiesCommand(cluster, { context: 'live', ...options }, context), out, err };
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof Failure)) throw error;
    return { code: error instanceof UsageError ? 2 : 3, out, err: `${err}${error.message}\n${error.hint ?? ''}\n` };
  }
}
