import { argocdToken, argocdTokenNames } from './argocd-token.ts';
import { type ApplicationName, type AskedApplication, applicationLimits, parseAnswer } from './asked-application.ts';
import { getAnswer } from './get-answer.ts';

export interface ArgocdServer {
  /** Such as `https://argocd.example.com`, with a path where it is served under one. */
  readonly server: string;
  readonly cluster: string;
  /** Where the token comes from. */
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly patience?: number;
}

/** An Application as the API of Argo CD tells it. What it says besides is not shown: nobody knows what it repeats. */
export async function askArgocdServer(
  { server, cluster, environment, signal, patience }: ArgocdServer,
  { namespace, name }: ApplicationName,
): Promise<AskedApplication> {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    return { unknown: `argocd.server of the cluster ${cluster} is no address such as https://argocd.example.com` };
  if (url.username !== '' || url.password !== '')
    return {
      unknown: `argocd.server of the cluster ${cluster} holds a user name or password: it takes a token by ${argocdTokenNames(cluster)}`,
    };
  const shown = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return {
      unknown: `${shown} is asked without encryption, which would show the token: write https in argocd.server of the cluster ${cluster}`,
    };
  const token = argocdToken(environment, cluster);
  if (token === undefined) return { unknown: `there is no token to ask ${shown} with: set ${argocdTokenNames(cluster)}` };
  if (!/^[\x21-\x7e]+$/.test(token.value))
    return { unknown: `what ${token.variable} holds is no token: it has blanks, or characters that none has` };
  const query = new URLSearchParams({ appNamespace: namespace });
  const address = new URL(`${shown}/api/v1/applications/${encodeURIComponent(name)}?${query}`);
  const headers = { authorization: `Bearer ${token.value}`, accept: 'application/json' };
  const limits = { ...applicationLimits, signal, patience };
  const answer = await getAnswer(address, { headers }, limits).catch((error: NodeJS.ErrnoException) => error);
  if (answer instanceof Error) {
    if (signal.aborted) return { unknown: `was stopped before ${shown} answered` };
    return { unknown: `cannot reach ${shown}: ${answer.code ?? answer.message}${authorityHint(answer.code)}` };
  }
  const { status, location, body } = answer;
  if (status === 200) return parseAnswer(body, shown);
  if (status >= 300 && status < 400) return { unknown: `${shown} leads elsewhere${elsewhere(location, address)}` };
  if (status === 401) return { unknown: `${shown} does not take the token of ${token.variable}: is it still valid?` };
  // Who may not see an Application is not told whether it is there.
  if (status === 403)
    return {
      unknown: `${shown} shows no Application ${namespace}/${name} to the token of ${token.variable}: it is not there, or the token may not get it`,
    };
  if (status === 404) return { unknown: `${shown} has no Application ${namespace}/${name}` };
  return { unknown: `${shown} answered ${status} when it was asked for the Application ${namespace}/${name}` };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** The way to a login may hold what is only for its owner: the host is enough. */
function elsewhere(location: string | undefined, from: URL): string {
  if (location === undefined || !URL.canParse(location, from.origin)) return '';
  const { origin } = new URL(location, from.origin);
  return origin === 'null' || origin === from.origin ? '' : `, to ${origin}: write the address of its API in argocd.server`;
}

function authorityHint(code: string | undefined): string {
  return code !== undefined && /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/.test(code)
    ? ' (where its authority is your own, NODE_EXTRA_CA_CERTS names the file with it)'
    : '';
}
