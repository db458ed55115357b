import type { KubeConfig } from '@kubernetes/client-node';
import { Failure } from '../store/fail.ts';
import { type Answer, type AnswerLimits, getAnswer } from './get-answer.ts';
import { logIn, serverAddress } from './server-address.ts';

/** What the API server of the current context answers, whatever it is. */
export async function askCluster(
  config: KubeConfig,
  path: string,
  limits: AnswerLimits,
): Promise<Answer & { readonly server: string }> {
  const server = serverAddress(config);
  const options = await logIn(config, {});
  const answer = await getAnswer(new URL(`${server}${path}`), options, limits).catch((error: NodeJS.ErrnoException) => {
    limits.signal.throwIfAborted();
    throw cannotReach(server, error);
  });
  return { ...answer, server };
}

export function cannotReach(server: string, error: NodeJS.ErrnoException): Failure {
  return new Failure(
    `cannot reach ${server}: ${error.code ?? error.message}`,
    'is this the right context, and does the cluster run?',
  );
}
