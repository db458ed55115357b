import type { Cluster } from '../read/read-documents.ts';
import { UsageError } from './command-context.ts';

/**
 * The context of the kubeconfig that leads to the cluster: the one of the call, else the one in cluster.yaml. Never
 * just the current one, which may be that of another cluster; only a pod has no choice, and undefined means its own.
 */
export function contextOf(
  { name, document }: Pick<Cluster, 'name' | 'document'>,
  option: string | undefined,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const context = option ?? document.value.spec.value.context?.value;
  if (context !== undefined) return context;
  if (environment.KUBERNETES_SERVICE_HOST && !environment.KUBECONFIG) return undefined;
  throw new UsageError(
    `nothing says which context of the kubeconfig leads to cluster ${name}`,
    `say it in the call: --context <name>; or for good: \`context: <name>\` in clusters/${name}/cluster.yaml`,
  );
}
