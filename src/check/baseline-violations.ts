import type { PlainObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import { inContext, isAloneWithItsUsers, type Secured, type SecuredPod, type Violation } from './secured-pods.ts';
import { unusualSettings } from './unusual-settings.ts';

const usualCapabilities =
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(' ');
const profiles: unknown[] = ['RuntimeDefault', 'Localhost'];

/** What Pod Security level baseline keeps out of a pod, as pod-security-admission finds it. */
export function baselineViolations(secured: SecuredPod): Violation[] {
  const { pod, containers } = secured;
  return [
    ...ofNode(pod),
    ...hostPaths(pod),
    ...containers.flatMap((container) => [
      ...privileged(container),
      ...addedCapabilities(container, (name) => usualCapabilities.includes(name)),
      ...hostPorts(container),
      ...(isAloneWithItsUsers(secured) ? [] : procMount(container)),
    ]),
    ...[pod, ...containers].flatMap((one) => [...unconfined(one), ...hostProcess(one)]),
    ...unusualSettings(secured),
  ];
}

export function addedCapabilities(container: Secured, isAllowed: (name: string) => boolean): Violation[] {
  const added = asMap(container.context.capabilities)?.add;
  return (Array.isArray(added) ? added.map(String) : []).flatMap((name, index) =>
    isAllowed(name)
      ? []
      : [
          {
            what: `${container.who} adds capability ${name}`,
            path: inContext(container, 'capabilities', 'add', index),
            remedy: 'leave it out',
          },
        ],
  );
}

function ofNode({ who, fields, path }: Secured): Violation[] {
  return ['hostNetwork', 'hostPID', 'hostIPC']
    .filter((key) => fields[key] === true)
    .map((key) => ({ what: `${who} has \`${key}\``, path: [...path, key], remedy: `leave \`${key}\` out` }));
}

function hostPaths({ fields, path }: Secured): Violation[] {
  return asList(fields.volumes).flatMap((volume, index) =>
    asMap(volume.hostPath) === undefined
      ? []
      : [
          {
            what: `volume \`${String(volume.name)}\` is a folder of the node (hostPath)`,
            path: [...path, 'volumes', index, 'hostPath'],
            remedy: 'take another kind of volume',
          },
        ],
  );
}

function privileged(container: Secured): Violation[] {
  if (container.context.privileged !== true) return [];
  return [{ what: `${container.who} is privileged`, path: inContext(container, 'privileged'), remedy: 'leave it out' }];
}

function hostPorts({ who, fields, path }: Secured): Violation[] {
  return asList(fields.ports).flatMap(({ hostPort }, index) =>
    hostPort === undefined || hostPort === 0
      ? []
      : [
          {
            what: `${who} takes port ${String(hostPort)} of its node (hostPort)`,
            path: [...path, 'ports', index, 'hostPort'],
            remedy: 'leave it out',
          },
        ],
  );
}

function procMount(container: Secured): Violation[] {
  const { procMount: mount = 'Default' } = container.context;
  if (mount === 'Default') return [];
  return [
    { what: `${container.who} has procMount ${String(mount)}`, path: inContext(container, 'procMount'), remedy: 'leave it out' },
  ];
}

function unconfined(one: Secured): Violation[] {
  return ['seccompProfile', 'appArmorProfile'].flatMap((key) => {
    const profile = asMap(one.context[key]);
    if (profile === undefined || profiles.includes(profile.type)) return [];
    return [{ what: `${one.who} has ${key} ${String(profile.type)}`, path: inContext(one, key, 'type'), remedy: 'leave it out' }];
  });
}

function hostProcess(one: Secured): Violation[] {
  const options: PlainObject = asMap(one.context.windowsOptions) ?? {};
  if (options.hostProcess !== true) return [];
  return [
    {
      what: `${one.who} is a process of its node (hostProcess)`,
      path: inContext(one, 'windowsOptions', 'hostProcess'),
      remedy: 'leave it out',
    },
  ];
}
