import { groupOf } from '../model/api-group.ts';
import { applicationName, rootName } from '../model/argocd-names.ts';
import { shellWord } from '../model/shell-word.ts';
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
  const kubectl = ['kubectl', ...(context === undefined ? [] : ['--context', shellWord(context)])].join(' ');
  switch (what) {
    case 'changed':
    case 'missing':
    case 'recreated':
      return syncCommand(difference, argocdNamespace);
    case 'added':
    case 'leftover':
      if (object === undefined) return undefined;
      if (field === undefined && object.kind === 'PersistentVolumeClaim') return undefined;
      return field === undefined ? deletion(kubectl, object) : removal(kubectl, object, difference);
    case 'foreign':
    // Its controller makes it again of what is sealed.
    case 'overwritten':
      // Data that somebody may have kept on purpose is not deleted by a line that was pasted.
      return object === undefined || object.kind === 'PersistentVolumeClaim' ? undefined : deletion(kubectl, object);
    default:
      return undefined;
  }
}

function syncCommand({ overlay, object, cluster }: Difference, namespace: string): string | undefined {
  // Argo CD's own objects are applied by the root of their cluster, and by none of themselves.
  if (object?.apiVersion.startsWith('argoproj.io/')) return `argocd app sync ${namespace}/${rootName(cluster)}`;
  const [environment, system] = overlay?.split('/') ?? [];
  if (environment === undefined || system === undefined) return undefined;
  const application = `argocd app sync ${namespace}/${applicationName(environment, system)}`;
  if (object === undefined || object.kind === 'Namespace') return application;
  const place = object.namespace === null ? object.name : `${object.namespace}/${object.name}`;
  return `${application} --resource ${shellWord(`${groupOf(object.apiVersion)}:${object.kind}:${place}`)}`;
}

function deletion(kubectl: string, object: ObjectName): string {
  return `${kubectl} ${inNamespace(object)}delete ${typeOf(object)} ${shellWord(object.name)}`;
}

/** Only as long as it is what was seen: positions in lists move. What cannot be tested is not printed. */
function removal(kubectl: string, object: ObjectName, { address, field, live, concealed }: Difference): string | undefined {
  if (address === undefined || address.length === 0) return undefined;
  const path = pointer(address);
  const tests = concealed === true || live === undefined ? nameTests(address, field ?? '') : [{ op: 'test', path, value: live }];
  if (tests === undefined) return undefined;
  const patch = JSON.stringify([...tests, { op: 'remove', path }]);
  return `${kubectl} ${inNamespace(object)}patch ${typeOf(object)} ${shellWord(object.name)} --type=json -p ${shellWord(patch)}`;
}

function pointer(address: readonly (string | number)[]): string {
  return address.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Of a value that is not shown: that each element on the way to it is still the one of that name. */
function nameTests(address: readonly (string | number)[], field: string): object[] | undefined {
  const names = [...field.matchAll(/\[([A-Za-z_][^\]"]*)\]/g)].map(([, name]) => name);
  const indices = address.flatMap((step, index) => (typeof step === 'number' ? [index] : []));
  if (names.length !== indices.length) return undefined;
  return indices.map((index, at) => ({ op: 'test', path: `${pointer(address.slice(0, index + 1))}/name`, value: names[at] }));
}

function inNamespace({ namespace }: ObjectName): string {
  return namespace === null ? '' : `-n ${shellWord(namespace)} `;
}

/** With version and group, as several groups may have a kind of one name. */
function typeOf({ apiVersion, kind }: ObjectName): string {
  const [group, version] = apiVersion.split('/');
  return version === undefined ? kind.toLowerCase() : `${kind.toLowerCase()}.${version}.${group}`;
}
