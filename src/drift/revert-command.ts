import { applicationName } from '../argocd/application.ts';
import type { Difference, ObjectName } from './difference.ts';

export interface RevertNames {
  /** Where Argo CD keeps its Applications. */
  readonly argocdNamespace: string;
  /** What the kubeconfig calls a cluster; undefined for the context that it is at. */
  readonly contextOf: (cluster: string) => string | undefined;
}

/**
 * What puts a cluster back to what Git declares. Git is right there, so nothing changes in it: Argo CD applies what is
 * declared once more, and what it does not own only kubectl takes away. Undefined where neither can.
 */
export function revertCommand(difference: Difference, { argocdNamespace, contextOf }: RevertNames): string | undefined {
  const { between, what, cluster, object, field } = difference;
  if (between !== 'cluster') return undefined;
  const context = contextOf(cluster);
  const kubectl = ['kubectl', ...(context === undefined ? [] : ['--context', quoted(context)])].join(' ');
  switch (what) {
    case 'changed':
    case 'missing':
    case 'recreated':
      return syncCommand(difference, argocdNamespace);
    case 'added':
    case 'leftover':
      if (object === undefined) return undefined;
      return field === undefined ? deletion(kubectl, object) : removal(kubectl, object, difference);
    case 'foreign':
    // Its controller makes it again of what is sealed.
    case 'overwritten':
      return object === undefined ? undefined : deletion(kubectl, object);
    default:
      return undefined;
  }
}

function syncCommand({ overlay, object }: Difference, namespace: string): string | undefined {
  const [environment, system] = overlay?.split('/') ?? [];
  if (environment === undefined || system === undefined) return undefined;
  const application = `argocd app sync ${namespace}/${applicationName(environment, system)}`;
  if (object === undefined || object.kind === 'Namespace') return application;
  const place = object.namespace === null ? object.name : `${object.namespace}/${object.name}`;
  return `${application} --resource ${quoted(`${groupOf(object)}:${object.kind}:${place}`)}`;
}

function deletion(kubectl: string, object: ObjectName): string {
  return `${kubectl} ${inNamespace(object)}delete ${typeOf(object)} ${quoted(object.name)}`;
}

/** Only as long as it is what was seen: positions in lists move. */
function removal(kubectl: string, object: ObjectName, { address, live, concealed }: Difference): string | undefined {
  if (address === undefined || address.length === 0) return undefined;
  const path = address.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const seen = concealed === true || live === undefined ? [] : [{ op: 'test', path, value: live }];
  const patch = JSON.stringify([...seen, { op: 'remove', path }]);
  return `${kubectl} ${inNamespace(object)}patch ${typeOf(object)} ${quoted(object.name)} --type=json -p ${quoted(patch)}`;
}

function inNamespace({ namespace }: ObjectName): string {
  return namespace === null ? '' : `-n ${quoted(namespace)} `;
}

/** With version and group, as several groups may have a kind of one name. */
function typeOf({ apiVersion, kind }: ObjectName): string {
  const [group, version] = apiVersion.split('/');
  return version === undefined ? kind.toLowerCase() : `${kind.toLowerCase()}.${version}.${group}`;
}

function groupOf({ apiVersion }: ObjectName): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] as string) : '';
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
