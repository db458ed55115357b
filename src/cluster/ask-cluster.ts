import type { KubeConfig } from '@kubernetes/client-node';
import { Failure } from '../store/fail.ts';
import { type Answer, type AnswerLimits, getAnswer } from './get-answer.ts';

/** What the API server of the current context answers, whatever it is. */
export async function askCluster(
  config: KubeConfig,
  path: string,
  limits: AnswerLimits,
): Promise<Answer & { readonly server: string }> {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new Failure('the kubeconfig names no cluster to ask', 'give --context, or set KUBECONFIG');
  const address = `${server.replace(/\/$/, '')}${path}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new Failure(`the kubeconfig gives ${server} as the address of the cluster, which is no URL`);
  const options = {};
  // Certificates that are not there, programs that log in and fail, http where it is not allowed.
  await config.applyToHTTPSOptions(options).catch((error: Error) => {
    throw new Failure(`cannot log in to ${server} as the kubeconfig says: ${error.message.split('\n')[0]}`);
  });
  const answer = await getAnswer(url, options, limits).catch((error: NodeJS.ErrnoException) => {
    limits.signal.throwIfAborted();
    throw new Failure(
      `cannot reach ${server}: ${error.code ?? error.message}`,
      'is this the right context, and does the cluster run?',
    );
  });
  return { ...answer, server };
}
