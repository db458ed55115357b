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
  const foreign: ForeignObject[] = [];
  const kept: Kept[] = [];
  for (const object of live.values()) {
    const name = nameOf(object);
    if (name.namespace === null || !namespaces.has(name.namespace)) continue;
    if (expected.has(bareKey(name)) || isOwned(object) || isAmbient(object, name) || made(name)) continue;
    const application = trackedBy(object);
    const why = keptBecause(object, name, application);
    if (why !== undefined) kept.push({ cluster, object: name, why });
    else foreign.push({ name, live: object, ...(application !== undefined && { application }) });
  }
  return { foreign, kept };
}

/** A newer version of its API is no other object. */
function bareKey(name: ObjectName): string {
  const { apiVersion } = name;
  return keyOf({ ...name, apiVersion: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '' });
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
  const owners = ownershipsOf(object);
  const byPrograms = owners.length > 0 && owners.every(({ owner }) => handOf(owner) === 'program');
  if (kind === 'PersistentVolumeClaim' && (application !== undefined || byPrograms))
    return 'a volume of what was removed: data is never deleted along';
  if (isAccessOfDrift({ kind, name })) return 'lets the account that looks for drift see which Secrets there are';
  if (kind === 'ConfigMap' && application !== undefined && hashSuffix.test(name))
    return 'an earlier version of a ConfigMap: pods of an earlier revision may read it';
  return undefined;
}
