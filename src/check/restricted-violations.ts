import { asList, asMap } from '../model/pod-specs.ts';
import { addedCapabilities } from './baseline-violations.ts';
import { inContext, isAloneWithItsUsers, type Secured, type SecuredPod, type Violation } from './secured-pods.ts';

const volumeTypes = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral'],
  ...['image', 'persistentVolumeClaim', 'projected', 'secret'],
];

/** What Pod Security level restricted keeps out beyond baseline, as pod-security-admission finds it. */
export function restrictedViolations(secured: SecuredPod): Violation[] {
  const { pod, containers } = secured;
  const all = [pod, ...containers];
  return [
    ...volumes(pod),
    ...(isAloneWithItsUsers(secured) ? [] : all.flatMap(asRoot)),
    ...containers.flatMap((one) => [...escalation(one), ...addedCapabilities(one, (name) => name === 'NET_BIND_SERVICE')]),
    ...containers.flatMap((one) => leftOut(one, secured)),
  ];
}

function volumes({ fields, path }: Secured): Violation[] {
  return asList(fields.volumes).flatMap(({ name, ...volume }, index) => {
    const type = Object.keys(volume).find((key) => asMap(volume[key]) !== undefined);
    // An emptyDir is what a volume is that says nothing, and a hostPath is too much for baseline already.
    if (type === undefined || type === 'hostPath' || volumeTypes.includes(type)) return [];
    const what = `volume \`${String(name)}\` is of type ${type}`;
    return [{ what, path: [...path, 'volumes', index, type], remedy: 'mount it by a claim' }];
  });
}

function asRoot(one: Secured): Violation[] {
  const { runAsUser, runAsNonRoot } = one.context;
  const byUser = { what: `${one.who} runs as user 0`, path: inContext(one, 'runAsUser'), remedy: 'name another user' };
  const byWord = { what: `${one.who} may run as root`, path: inContext(one, 'runAsNonRoot'), remedy: 'leave it out' };
  return [...(runAsUser === 0 ? [byUser] : []), ...(runAsNonRoot === false ? [byWord] : [])];
}

function escalation(container: Secured): Violation[] {
  if (container.context.allowPrivilegeEscalation !== true) return [];
  const path = inContext(container, 'allowPrivilegeEscalation');
  return [{ what: `${container.who} may gain privileges`, path, remedy: 'leave it out' }];
}

/** What must be said, here or for the whole pod; of Windows little of it. */
function leftOut(container: Secured, secured: SecuredPod): Violation[] {
  const { pod } = secured;
  const said = (key: string) => container.context[key] !== undefined || pod.context[key] !== undefined;
  const dropped = asMap(container.context.capabilities)?.drop;
  const ofLinux = [
    ...(container.context.allowPrivilegeEscalation === undefined ? ['allowPrivilegeEscalation: false'] : []),
    ...(Array.isArray(dropped) && dropped.includes('ALL') ? [] : ['capabilities: {drop: [ALL]}']),
    ...(said('seccompProfile') ? [] : ['seccompProfile: {type: RuntimeDefault}']),
  ];
  const missing = [
    ...(asMap(pod.fields.os)?.name === 'windows' ? [] : ofLinux),
    ...(said('runAsNonRoot') || isAloneWithItsUsers(secured) ? [] : ['runAsNonRoot: true']),
  ];
  if (missing.length === 0) return [];
  const what = `the securityContext of ${container.who} lacks ${missing.map((words) => `\`${words}\``).join(', ')}`;
  return [{ what, path: inContext(container), remedy: 'add that' }];
}
