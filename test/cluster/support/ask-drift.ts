import { startStowage } from '../../support/run-cli.ts';
import type { SyncedCluster } from './synced-cluster.ts';

// biome-ignore lint/suspicious/noExplicitAny: what `--json` shows
type Any = any;

export interface DriftReport {
  readonly code: number | null;
  /** Of the differences between repository and cluster, and between description and repository. */
  readonly ids: readonly string[];
  readonly differences: readonly Any[];
  readonly unseen: readonly Any[];
  readonly kept: readonly Any[];
  readonly effort: Any;
  readonly json: string;
  readonly text: string;
}

/** What `stowage drift` says of a cluster, to programs and to people. */
export async function askDrift(
  { fleet, kubeconfig, folder }: Pick<SyncedCluster, 'fleet' | 'kubeconfig' | 'folder'>,
  name: string,
  words: readonly string[] = ['--between', 'repository', '--between', 'cluster'],
): Promise<DriftReport> {
  const env = { KUBECONFIG: kubeconfig, XDG_CACHE_HOME: `${folder}/cache` };
  const run = (...more: string[]) =>
    startStowage(['drift', '--cluster', name, '--context', 'test', ...words, ...more], { in: fleet.folder, env }).end;
  const { code, out, err } = await run('--json');
  if (!out.startsWith('{')) throw new Error(`drift ended with ${code}:\n${out}${err}`);
  const { differences, unseen, kept, effort } = JSON.parse(out);
  const text = await run();
  return { code, ids: differences.map(({ id }: Any) => id), differences, unseen, kept, effort, json: out, text: text.out };
}
