import type { KubeConfig } from '@kubernetes/client-node';
import { Failure } from '../store/fail.ts';
import { askCluster } from './ask-cluster.ts';

export interface Controller {
  readonly namespace: string;
  readonly name: string;
}

const longest = 262_144;
const tooLong = 'the answer is too long to be a certificate';

/** The certificate that a running controller gives out, asked for by way of the API server. */
export async function fetchCertificate(
  config: KubeConfig,
  { namespace, name }: Controller,
  signal: AbortSignal,
): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/services/http:${name}:/proxy/v1/cert.pem`;
  const { server, status, body } = await askCluster(config, path, { longest, tooLong, signal });
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
