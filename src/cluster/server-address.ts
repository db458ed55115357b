import type { KubeConfig } from '@kubernetes/client-node';
import { Failure } from '../store/fail.ts';

/** The API server of the current context, without a slash at its end. */
export function serverAddress(config: KubeConfig): string {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new Failure('the kubeconfig names no cluster to ask', 'give --context, or set KUBECONFIG');
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new Failure(`the kubeconfig gives ${server} as the address of the cluster, which is no URL`);
  return server.replace(/\/$/, '');
}

/** Certificates, tokens, what programs that log in say: what a request to the current context needs. */
export async function logIn<Options extends object>(config: KubeConfig, options: Options): Promise<Options> {
  // Certificates that are not there, programs that log in and fail, http where it is not allowed.
  await config.applyToHTTPSOptions(options).catch((error: Error) => {
    throw new Failure(`cannot log in to ${serverAddress(config)} as the kubeconfig says: ${error.message.split('\n')[0]}`);
  });
  return options;
}
