import type { KubeConfig } from '@kubernetes/client-node';
import { Failure } from '../store/fail.ts';

/** The kubeconfig that kubectl would use. The library is large and only some commands need it. */
export async function loadKubeConfig(context: string | undefined): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  try {
    config.loadFromDefault();
  } catch (error) {
    throw new Failure(`cannot read the kubeconfig: ${(error as Error).message.split('\n')[0]}`);
  }
  if (context !== undefined) {
    const known = config.getContexts().map(({ name }) => name);
    if (!known.includes(context))
      throw new Failure(`the kubeconfig has no context \`${context}\``, `it has ${known.join(', ') || 'none'}`);
    config.setCurrentContext(context);
  }
  return config;
}
