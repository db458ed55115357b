import type { KubeConfig } from '@kubernetes/client-node';
import { Failure } from '../store/fail.ts';
import { askCluster } from './ask-cluster.ts';
import { type ApplicationName, type AskedApplication, applicationLimits, parseAnswer } from './asked-application.ts';

/** The Application object as the cluster has it that Argo CD runs in. */
export async function askApplicationObject(
  config: Promise<KubeConfig>,
  { namespace, name }: ApplicationName,
  signal: AbortSignal,
  patience?: number,
): Promise<AskedApplication> {
  const path = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications/${name}`;
  try {
    const { server, status, body } = await askCluster(await config, path, { ...applicationLimits, signal, patience });
    if (status === 200) return parseAnswer(body, server);
    if (status === 401) return { unknown: `${server} does not accept the account of the kubeconfig` };
    if (status === 403)
      return { unknown: `${server} does not let this account get applications.argoproj.io in the namespace ${namespace}` };
    if (status === 404) return { unknown: `${server} has no Application ${namespace}/${name}` };
    return { unknown: `${server} answered ${status} when it was asked for the Application ${namespace}/${name}` };
  } catch (error) {
    if (signal.aborted) return { unknown: `was stopped before the Application ${namespace}/${name} was read` };
    // A gate that cannot be seen is closed, which is no reason to end.
    if (!(error instanceof Failure)) throw error;
    return { unknown: error.hint === undefined ? error.message : `${error.message} (${error.hint})` };
  }
}
