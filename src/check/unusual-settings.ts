import { asList, asMap } from '../model/pod-specs.ts';
import { inContext, type Secured, type SecuredPod, type Violation } from './secured-pods.ts';

const safeSysctls = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const safeSince132 = ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];
const ofContainers: unknown[] = [undefined, '', 'container_t', 'container_init_t', 'container_kvm_t'];
const appArmor = 'container.apparmor.security.beta.kubernetes.io/';

/** What level baseline keeps out of the rarer settings: of the kernel, SELinux, AppArmor, and whom probes ask. */
export function unusualSettings(secured: SecuredPod): Violation[] {
  const { pod, containers, since } = secured;
  return [
    ...sysctls(pod, since('1.32') ? [...safeSysctls, ...safeSince132] : safeSysctls),
    ...appArmorAnnotations(secured),
    ...[pod, ...containers].flatMap((one) =>
      seLinux(one, since('1.31') ? [...ofContainers, 'container_engine_t'] : ofContainers),
    ),
    ...(since('1.34') ? containers.flatMap(askedHosts) : []),
  ];
}

function sysctls(pod: Secured, safe: readonly string[]): Violation[] {
  return asList(pod.context.sysctls).flatMap(({ name }, index) =>
    safe.includes(String(name))
      ? []
      : [
          {
            what: `${pod.who} sets sysctl ${String(name)}`,
            path: inContext(pod, 'sysctls', index, 'name'),
            remedy: 'leave it out',
          },
        ],
  );
}

function appArmorAnnotations({ annotations, annotationsPath }: SecuredPod): Violation[] {
  return Object.entries(annotations).flatMap(([key, profile]) => {
    const isAllowed = /^(runtime\/default$|localhost\/|$)/.test(String(profile));
    if (!key.startsWith(appArmor) || isAllowed) return [];
    const what = `container \`${key.slice(appArmor.length)}\` has the AppArmor profile ${String(profile)}`;
    return [{ what, path: [...annotationsPath, key], remedy: 'leave it out' }];
  });
}

function seLinux(one: Secured, types: readonly unknown[]): Violation[] {
  const { type, user = '', role = '' } = asMap(one.context.seLinuxOptions) ?? {};
  const wrong = [...(types.includes(type) ? [] : ['type']), ...(user === '' ? [] : ['user']), ...(role === '' ? [] : ['role'])];
  return wrong.map((key) => ({
    what: `${one.who} has an SELinux ${key} of its own`,
    path: inContext(one, 'seLinuxOptions', key),
    remedy: 'leave it out',
  }));
}

const handlers = [
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => [probe]),
  ...['postStart', 'preStop'].map((hook) => ['lifecycle', hook]),
].flatMap((path) => [
  [...path, 'httpGet'],
  [...path, 'tcpSocket'],
]);

function askedHosts({ who, fields, path }: Secured): Violation[] {
  return handlers.flatMap((handler) => {
    const host = handler.reduce<Record<string, unknown> | undefined>((node, key) => asMap(node?.[key]), fields)?.host ?? '';
    if (host === '') return [];
    return [
      {
        what: `${who} has ${String(host)} asked by its node (${handler[0]})`,
        path: [...path, ...handler, 'host'],
        remedy: 'leave `host` out',
      },
    ];
  });
}
