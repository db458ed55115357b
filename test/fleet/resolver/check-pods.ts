import type { Any } from '../fleet.ts';
import { find, ofKind, type PodSet, portOf, type Render } from './render.ts';

/** What pods name and the render does not have: ports of probes, ConfigMaps, secrets, claims, accounts, volumes. */
export function checkPods(render: Render): string[] {
  return render.pods.flatMap((pods) =>
    [
      ...pods.containers.flatMap((container) => [...probes(container), ...variables(container, render)]),
      ...volumes(pods, render),
      ...mounts(pods, render),
      ...identity(pods, render),
      ...annotations(pods),
    ].map((complaint) => `${pods.id} ${complaint}`),
  );
}

function probes(container: Any): string[] {
  const has = (port: unknown) => (container.ports ?? []).some((one: Any) => one.name === port || one.containerPort === port);
  const asked = ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((name) => {
    const probe = container[name];
    const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
    return port === undefined || has(port) ? [] : [`${name}: port ${port} is not one of ${container.name}`];
  });
  const hooks = ['postStart', 'preStop'].flatMap((name) => {
    const port = container.lifecycle?.[name]?.httpGet?.port;
    return port === undefined || has(port) ? [] : [`${name}: port ${port} is not one of ${container.name}`];
  });
  return [...asked, ...hooks];
}

function variables(container: Any, render: Render): string[] {
  const groups = (container.envFrom ?? []).flatMap(({ configMapRef, secretRef }: Any) => [
    ...(configMapRef ? missing('ConfigMap', configMapRef, render) : []),
    ...(secretRef ? missing('SealedSecret', secretRef, render) : []),
  ]);
  const single = (container.env ?? []).flatMap(({ name, valueFrom }: Any) => {
    const { configMapKeyRef: map, secretKeyRef: secret } = valueFrom ?? {};
    if (secret) return missing('SealedSecret', secret, render);
    if (!map) return [];
    const absent = missing('ConfigMap', map, render);
    const has = map.optional || map.key in (find(render, 'ConfigMap', map.name)?.data ?? {});
    return absent.length > 0 || has ? absent : [`${name}: ConfigMap ${map.name} has no key ${map.key}`];
  });
  return [...groups, ...single];
}

function missing(kind: string, { name, optional }: Any, render: Render): string[] {
  return optional || find(render, kind, name) ? [] : [`names ${kind} ${name}, which is not there`];
}

function volumes({ pod }: PodSet, render: Render): string[] {
  return (pod.volumes ?? []).flatMap((volume: Any) => {
    const { configMap, secret, persistentVolumeClaim: claim, projected } = volume;
    const sources = [{ configMap, secret }, ...(projected?.sources ?? [])];
    return [
      ...sources.flatMap((source: Any) => [
        ...(source.configMap ? [...missing('ConfigMap', source.configMap, render), ...keys(source.configMap, render)] : []),
        ...(source.secret
          ? missing('SealedSecret', { ...source.secret, name: source.secret.secretName ?? source.secret.name }, render)
          : []),
      ]),
      ...(claim ? missing('PersistentVolumeClaim', { name: claim.claimName }, render) : []),
    ];
  });
}

function keys(source: Any, render: Render): string[] {
  const data = find(render, 'ConfigMap', source.name)?.data;
  return (source.items ?? [])
    .filter((item: Any) => data && !(item.key in data))
    .map((item: Any) => `mounts ${item.key}, which ConfigMap ${source.name} has not`);
}

function mounts({ object, pod, containers }: PodSet, render: Render): string[] {
  const templates = (object.spec.volumeClaimTemplates ?? []).map((one: Any) => one.metadata);
  const named = new Map<string, Any>([...(pod.volumes ?? []), ...templates].map((volume) => [volume.name, volume]));
  const used = containers.flatMap((container) => container.volumeMounts ?? []);
  const idle = [...named.keys()].filter((name) => !used.some((mount) => mount.name === name));
  return [
    ...idle.map((name) => `has a volume ${name} that nobody mounts`),
    ...used.flatMap(({ name, subPath }) => {
      const volume = named.get(name);
      if (volume === undefined) return [`mounts ${name}, which is no volume of it`];
      if (subPath === undefined || volume.configMap === undefined) return [];
      const paths = volume.configMap.items?.map((item: Any) => item.path);
      const data = find(render, 'ConfigMap', volume.configMap.name)?.data ?? {};
      const has = (paths ?? Object.keys(data)).includes(subPath);
      return has ? [] : [`mounts ${subPath}, which ConfigMap ${volume.configMap.name} has not`];
    }),
  ];
}

function identity({ pod }: PodSet, render: Render): string[] {
  const account = pod.serviceAccountName;
  return [
    ...(account === undefined || find(render, 'ServiceAccount', account)
      ? []
      : [`runs as ServiceAccount ${account}, which is not there`]),
    ...(pod.imagePullSecrets ?? []).flatMap((secret: Any) => missing('SealedSecret', secret, render)),
  ];
}

function annotations(pods: PodSet): string[] {
  const { object } = pods;
  const template = object.spec.jobTemplate?.spec.template ?? object.spec.template;
  const port = template.metadata?.annotations?.['prometheus.io/port'];
  return port === undefined || portOf(pods, Number(port)) ? [] : [`asks to be scraped on ${port}, which is no port of it`];
}

/** Roles that are granted to nobody, or bindings of what is not there. */
export function checkBindings(render: Render): string[] {
  return [...ofKind(render, 'RoleBinding'), ...ofKind(render, 'ClusterRoleBinding')].flatMap((binding) => {
    const id = `${binding.kind}/${binding.metadata.name}`;
    const { roleRef, subjects = [] } = binding;
    return [
      ...(find(render, roleRef.kind, roleRef.name) ? [] : [`${id} binds ${roleRef.kind} ${roleRef.name}, which is not there`]),
      ...subjects
        .filter((one: Any) => one.namespace !== render.namespace || !find(render, one.kind, one.name))
        .map((one: Any) => `${id} binds ${one.kind} ${one.namespace}/${one.name}, which is not there`),
    ];
  });
}
