import type { PlainObject } from '../../model/desired-object.ts';
import { asList, asMap, podSpecOf } from '../../model/pod-specs.ts';
import type { FoundHazard, HazardRule, ObjectPair } from './hazard.ts';

/** What pods may do that they could not do before. */
export const widenedPrivileges: HazardRule = ({ objects }) => {
  const accounts = { before: tokenless(objects, 'before'), after: tokenless(objects, 'after') };
  return objects.flatMap((pair): FoundHazard[] => {
    const { object, kind, after } = pair;
    if (after === undefined) return [];
    if (kind === 'Namespace') return loweredLevel(pair);
    const podSpec = podSpecOf(after);
    if (podSpec === undefined) return [];
    const before = pair.before === undefined ? undefined : podSpecOf(pair.before);
    const now = privilegesOf(podSpec, accounts.after);
    const known = before === undefined ? undefined : privilegesOf(before, accounts.before);
    // What is new has nothing to compare with: only what any pod should explain is told.
    const added = [...now].filter(([text, grave]) => (known === undefined ? grave : !known.has(text))).map(([text]) => text);
    return added.length === 0 ? [] : [{ kind: 'privilege', object, text: added.join('; ') }];
  });
};

/** In words, and whether a new workload with it is worth a look. */
function privilegesOf(podSpec: PlainObject, withoutToken: ReadonlySet<string>): Map<string, boolean> {
  const found = new Map<string, boolean>();
  const pod = asMap(podSpec.securityContext) ?? {};
  for (const key of ['hostNetwork', 'hostPID', 'hostIPC']) if (podSpec[key] === true) found.set(`shares the node's ${key}`, true);
  for (const volume of asList(podSpec.volumes)) {
    const path = asMap(volume.hostPath)?.path;
    if (path !== undefined) found.set(`mounts ${String(path)} of the node`, true);
  }
  const account = String(podSpec.serviceAccountName ?? 'default');
  const mounts = podSpec.automountServiceAccountToken;
  if (mounts === true || (mounts === undefined && !withoutToken.has(account)))
    found.set("gets its service account's token", false);
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'])
    for (const container of asList(podSpec[list])) {
      const name = `container ${String(container.name)}`;
      for (const [text, grave] of privilegesOfContainer(asMap(container.securityContext) ?? {}, pod))
        found.set(`${name} ${text}`, grave);
      for (const { hostPort } of asList(container.ports))
        if (hostPort) found.set(`${name} takes port ${String(hostPort)} of the node`, true);
    }
  return found;
}

function privilegesOfContainer(own: PlainObject, pod: PlainObject): [string, boolean][] {
  const capabilities = asMap(own.capabilities);
  const names = (list: unknown) => (Array.isArray(list) ? list.map(String) : []);
  const profile = asMap(own.seccompProfile ?? pod.seccompProfile)?.type;
  const user = own.runAsUser ?? pod.runAsUser;
  return [
    ...when(own.privileged === true, 'is privileged', true),
    ...when(user === 0, 'runs as root', true),
    ...names(capabilities?.add).map((name): [string, boolean] => [`has the capability ${name}`, true]),
    ...when(profile === 'Unconfined', 'is not confined by seccomp', true),
    ...when((own.runAsNonRoot ?? pod.runAsNonRoot) !== true, 'may run as root', false),
    ...when(own.allowPrivilegeEscalation !== false, 'may gain privileges', false),
    ...when(!names(capabilities?.drop).includes('ALL'), 'keeps capabilities', false),
    ...when(own.readOnlyRootFilesystem !== true, 'may write to its root file system', false),
    ...when(profile === undefined, 'has no seccomp profile', false),
  ];
}

function when(holds: boolean, text: string, grave: boolean): [string, boolean][] {
  return holds ? [[text, grave]] : [];
}

/** Service accounts that hand out no token by themselves. */
function tokenless(objects: readonly ObjectPair[], side: 'before' | 'after'): Set<string> {
  return new Set(
    objects.flatMap((pair) => {
      const account = pair.kind === 'ServiceAccount' ? pair[side] : undefined;
      return account?.automountServiceAccountToken === false ? [String(asMap(account.metadata)?.name)] : [];
    }),
  );
}

const levels = ['restricted', 'baseline', 'privileged'];
const label = 'pod-security.kubernetes.io/enforce';

function loweredLevel({ object, before, after }: ObjectPair): FoundHazard[] {
  if (before === undefined || after === undefined) return [];
  const [was, is] = [before, after].map((namespace) => {
    const level = asMap(asMap(namespace.metadata)?.labels)?.[label];
    return levels.includes(String(level)) ? String(level) : 'privileged';
  }) as [string, string];
  return levels.indexOf(is) > levels.indexOf(was)
    ? [{ kind: 'privilege', object, text: `its Pod Security level falls from ${was} to ${is}` }]
    : [];
}
