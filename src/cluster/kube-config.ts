import type { KubeConfig } from '@kubernetes/client-node';
import { Failure } from '../store/fail.ts';

/** What the library makes up where nobody has a kubeconfig: a server on this machine that nobody named. */
const madeUp = 'loaded-context';

/**
 * The kubeconfig that kubectl would use, at a context; without one the account of the pod that this runs in. The
 * library is large and only some commands need it.
 */
export async function loadKubeConfig(context: string | undefined): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  try {
    if (context === undefined) config.loadFromCluster();
    else config.loadFromDefault();
  } catch (error) {
    throw new Failure(`cannot read the kubeconfig: ${(error as Error).message.split('\n')[0]}`);
  }
  if (context === undefined) return config;
  const known = config.getContexts().map(({ name }) => name);
  if (known.length === 1 && known[0] === madeUp)
    throw new Failure(
      `there is no kubeconfig, and so no context \`${context}\``,
      'it is ~/.kube/config, or what KUBECONFIG names',
    );
  if (!known.includes(context))
    throw new Failure(`the kubeconfig has no context \`${context}\``, `it has ${known.join(', ') || 'none'}`);
  config.setCurrentContext(context);
  return config;
}
