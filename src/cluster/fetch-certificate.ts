import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { Failure } from '../store/fail.ts';

export interface Controller {
  readonly namespace: string;
  readonly name: string;
}

const longestAnswer = 262_144;
const patience = 15_000;

/** The certificate that a running controller gives out, asked for by way of the API server. */
export async function fetchCertificate(
  config: KubeConfig,
  { namespace, name }: Controller,
  signal: AbortSignal,
): Promise<string> {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new Failure('the kubeconfig names no cluster to ask', 'give --context, or set KUBECONFIG');
  const path = `/api/v1/namespaces/${namespace}/services/http:${name}:/proxy/v1/cert.pem`;
  const address = `${server.replace(/\/$/, '')}${path}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new Failure(`the kubeconfig gives ${server} as the address of the cluster, which is no URL`);
  const options = { signal, timeout: patience };
  // Certificates that are not there, programs that log in and fail, http where it is not allowed.
  await config.applyToHTTPSOptions(options).catch((error: Error) => {
    throw new Failure(`cannot log in to ${server} as the kubeconfig says: ${error.message.split('\n')[0]}`);
  });
  const { status, body } = await get(url, options).catch((error: NodeJS.ErrnoException) => {
    signal.throwIfAborted();
    throw new Failure(
      `cannot reach ${server}: ${error.code ?? error.message}`,
      'is this the right context, and does the cluster run?',
    );
  });
  if (status === 401 || status === 403)
    throw new Failure(`${server} does not let this account ask ${namespace}/${name}`, 'it needs to get services/proxy there');
  if (status === 404 || status === 503)
    throw new Failure(
      `${server} has no controller ${namespace}/${name}`,
      'say where it runs: sealing.controller in cluster.yaml',
    );
  if (status !== 200) throw new Failure(`${server} answered ${status}`);
  return body;
}

function get(url: URL, options: object): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = (url.protocol === 'http:' ? plainRequest : request)(url, options, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => {
        body += text;
        if (body.length > longestAnswer) asked.destroy(new Error('the answer is too long to be a certificate'));
      });
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body })).once('error', reject);
    });
    asked.once('timeout', () => asked.destroy(new Error(`no answer within ${patience / 1000} s`)));
    asked.once('error', reject).end();
  });
}
