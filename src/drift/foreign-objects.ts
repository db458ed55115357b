import { groupOf } from '../model/api-group.ts';
import { rootName } from '../model/argocd-names.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import { isAccessOfDrift } from './access.ts';
import { type ClusterQuestion, type Declared, keyOf, nameOf } from './declared.ts';
import type { Kept, ObjectName } from './difference.ts';
import { ownershipsOf } from './managed-fields.ts';
import { handOf } from './managers.ts';

export interface ForeignObject {
  readonly name: ObjectName;
  readonly live: PlainObject;
  /** The Application that made it once, where one did. */
  readonly application?: string;
}

/** What lives in managed namespaces and is neither declared nor made by something that is. */
export function foreignObjects(
  question: ClusterQuestion,
  live: ReadonlyMap<string, PlainObject>,
): { readonly foreign: readonly ForeignObject[]; readonly kept: readonly Kept[] } {
  const { cluster, namespaces, declared } = question;
  const expected = new Set(declared.map(({ object }) => bareKey(nameOf(object))));
  const made = madeByDeclared(declared);
  const ours = applicationsOf(question, live);
  const foreign: ForeignObject[] = [];
  const kept: Kept[] = [];
  for (const object of live.values()) {
    const name = nameOf(object);
    const application = trackedBy(object);
    const left = (application !== undefined && ours.has(application)) || isOurs(object, name, question);
    if (!left && (name.namespace === null || !namespaces.has(name.namespace))) continue;
    if (expected.has(bareKey(name)) || isOwned(object) || isAmbient(object, name) || made(name)) continue;
    const why = keptBecause(object, name, application);
    if (why !== undefined) kept.push({ cluster, object: name, why });
    else foreign.push({ name, live: object, ...(left && { application: application ?? rootName(cluster) }) });
  }
  return { foreign, kept };
}

/** Applications of the fleet that are there, whether they are still declared or not. */
function applicationsOf(question: ClusterQuestion, live: ReadonlyMap<string, PlainObject>): Set<string> {
  const found = new Set([rootName(question.cluster)]);
  for (const { object } of question.declared) if (object.kind === 'Application') found.add(nameOf(object).name);
  for (const object of live.values()) {
    const name = nameOf(object);
    if (name.kind === 'Application' && isOurs(object, name, question)) found.add(name.name);
  }
  return found;
}

/** An Application or AppProject of one of the environments, by what Stowage writes into each. */
function isOurs({ metadata }: PlainObject, { apiVersion }: ObjectName, { environments }: ClusterQuestion): boolean {
  if (!apiVersion.startsWith('argoproj.io/')) return false;
  const environment = asMap(asMap(metadata)?.labels)?.['stowage.dev/environment'];
  return typeof environment === 'string' && environments.has(environment);
}

/** A newer version of its API is no other object. */
function bareKey(name: ObjectName): string {
  return keyOf({ ...name, apiVersion: groupOf(name.apiVersion) });
}

function isOwned({ metadata }: PlainObject): boolean {
  return asList(asMap(metadata)?.ownerReferences).length > 0;
}

/** What every namespace has, and what its own makers look after. */
function isAmbient({ metadata, type }: PlainObject, { kind, name }: ObjectName): boolean {
  if (kind === 'ServiceAccount') return name === 'default';
  if (kind === 'ConfigMap')
    return name === 'kube-root-ca.crt' || name === 'openshift-service-ca.crt' || name === 'istio-ca-root-cert';
  if (kind !== 'Secret') return false;
  const annotations = asMap(asMap(metadata)?.annotations) ?? {};
  return (
    type === 'kubernetes.io/service-account-token' ||
    annotations['kubernetes.io/service-account.name'] !== undefined ||
    annotations['cert-manager.io/certificate-name'] !== undefined
  );
}

const tracking = 'argocd.argoproj.io/tracking-id';

/** `application:group/Kind:namespace/name` */
function trackedBy({ metadata }: PlainObject): string | undefined {
  const id = asMap(asMap(metadata)?.annotations)?.[tracking];
  return typeof id === 'string' ? id.split(':')[0] : undefined;
}

/** Claims of StatefulSets, certificates of Ingresses, Secrets of sealed and external ones: made of what is declared. */
function madeByDeclared(declared: readonly Declared[]): (name: ObjectName) => boolean {
  const claims: RegExp[] = [];
  const secrets = new Set<string>();
  for (const { object } of declared) {
    const { kind, name, namespace } = nameOf(object);
    const spec = asMap(object.spec);
    if (kind === 'StatefulSet')
      for (const template of asList(spec?.volumeClaimTemplates))
        claims.push(new RegExp(`^${literally(`${namespace}/${String(asMap(template.metadata)?.name)}-${name}`)}-\\d+$`));
    const target = asMap(spec?.target)?.name;
    if (kind === 'SealedSecret' || kind === 'ExternalSecret') secrets.add(`${namespace}/${String(target ?? name)}`);
    if (kind === 'Certificate') secrets.add(`${namespace}/${String(spec?.secretName)}`);
    if (kind === 'Ingress') for (const { secretName } of asList(spec?.tls)) secrets.add(`${namespace}/${String(secretName)}`);
  }
  return ({ kind, name, namespace }) => {
    const address = `${namespace}/${name}`;
    return kind === 'PersistentVolumeClaim'
      ? claims.some((claim) => claim.test(address))
      : kind === 'Secret' && secrets.has(address);
  };
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const hashSuffix = /^(.+)-[bcdfghkmt2456789]{10}$/;

/** What stays on purpose when its declaration goes: data, and the configuration that earlier pods run with. */
function keptBecause(object: PlainObject, { kind, name }: ObjectName, application: string | undefined): string | undefined {
  if (kind === 'Secret' && name.startsWith('sh.helm.release.v1.')) return 'what Helm keeps of a release';
  const owners = ownershipsOf(object);
  const byPrograms = owners.length > 0 && owners.every(({ owner }) => handOf(owner) === 'program');
  if (kind === 'PersistentVolumeClaim' && (application !== undefined || byPrograms))
    return 'a volume of what was removed: data is never deleted along';
  if (isAccessOfDrift({ kind, name })) return 'lets the account that looks for drift see which Secrets there are';
  if (kind === 'ConfigMap' && application !== undefined && hashSuffix.test(name))
    return 'an earlier version of a ConfigMap: pods of an earlier revision may read it';
  if (application === undefined && byPrograms) return `${owners.at(-1)?.owner.manager} made it`;
  return undefined;
}
