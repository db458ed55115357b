import { describe, expect, it } from 'vitest';
import { type Any, get, idOf, renders, variablesOf, workloadsOf } from './fleet.ts';
import { flowLike } from './flow-like.inventory.ts';
import { flts } from './flts.inventory.ts';
import { bucketJob, type Inventory, inventories as others, type Part } from './inventory.ts';

const inventories: Readonly<Record<string, Inventory>> = { ...others, ...flowLike, ...flts };

const sorted = (values: Iterable<string>) => [...values].sort();

function describeProbe(name: string, probe: Any): string[] {
  if (probe === undefined) return [];
  if (probe.httpGet) return [`${name} GET ${probe.httpGet.path} ${probe.httpGet.port}`];
  if (probe.tcpSocket) return [`${name} TCP ${probe.tcpSocket.port}`];
  const program = (probe.exec.command as string[]).join(' ').replace(/^(sh -c|bash) /, '');
  return [`${name} exec ${program.split(' ')[0]}`];
}

function describeVolumes(object: Any, pod: Any, render: string): string[] {
  const mounts: Any[] = pod.containers[0].volumeMounts ?? [];
  return mounts.map(({ name, mountPath }) => {
    const template = object.spec.volumeClaimTemplates?.find((one: Any) => one.metadata.name === name);
    if (template) return `${name} at ${mountPath}: claim ${template.spec.resources.requests.storage}`;
    const volume = pod.volumes.find((one: Any) => one.name === name);
    const kind = Object.keys(volume).find((key) => key !== 'name') as string;
    const claim = volume.persistentVolumeClaim?.claimName;
    const size = claim ? ` ${get(render, `PersistentVolumeClaim/${claim}`).spec.resources.requests.storage}` : '';
    return `${name} at ${mountPath}: ${kind}${size}`;
  });
}

it('has a table for every environment and system', () => {
  expect(sorted(renders.map(({ name }) => name))).toEqual(sorted(Object.keys(inventories)));
});

describe.each(renders)('$name', ({ name, objects }) => {
  const inventory = inventories[name];
  if (inventory === undefined) return;
  const { parts, namespace, also = {}, volumes = {} } = inventory;

  it('is what was asked for, and nothing without a reason', () => {
    const reasons = Object.assign({}, ...parts.map((part) => part.objects), also) as Record<string, string>;
    expect(Object.values(reasons).filter((reason) => reason.trim() === '')).toEqual([]);
    expect(sorted(objects.map(idOf))).toEqual(sorted(Object.keys(reasons).map((id) => id.replace('$namespace', namespace))));
  });

  const described = new Map<string, Part>(
    parts.flatMap((part): [string, Part][] => {
      const ids = Object.keys(part.objects);
      const job = ids.find((id) => id.endsWith('minio-bucket') && id.startsWith('Job/'));
      return [...(part.image ? [[ids[0], part] as [string, Part]] : []), ...(job ? [[job, bucketJob] as [string, Part]] : [])];
    }),
  );

  it('has a description of every workload', () => {
    expect(sorted(workloadsOf(objects).map(({ id }) => id))).toEqual(sorted(described.keys()));
  });

  it.each(workloadsOf(objects).map((workload) => [workload.id, workload] as const))('%s', (id, { object, pod, main }) => {
    const part = described.get(id) as Part;
    const given = parts.flatMap((one) => one.gives?.[id] ?? []);
    expect({
      image: main.image,
      ports: Object.fromEntries((main.ports ?? []).map((port: Any) => [port.name, port.containerPort])),
      variables: sorted(variablesOf(main, objects).keys()),
      probes: [
        ...describeProbe('live', main.livenessProbe),
        ...describeProbe('ready', main.readinessProbe),
        ...describeProbe('startup', main.startupProbe),
      ],
      volumes: sorted(describeVolumes(object, pod, name)),
    }).toEqual({
      image: part.image,
      ports: part.ports ?? {},
      variables: sorted([...(part.variables ?? []), ...given]),
      probes: part.probes ?? [],
      volumes: sorted(volumes[id] ?? part.volumes ?? []),
    });
    // One program in a pod, and before it nothing but waiting for what it needs and what the table names.
    expect(pod.containers).toHaveLength(1);
    const inits: Any[] = pod.initContainers ?? [];
    expect(inits.map((init) => init.name).filter((init) => init !== 'wait-for-dependencies')).toEqual(part.before ?? []);
    for (const init of inits) expect(init.image).toBe(init.name === 'wait-for-dependencies' ? 'busybox:1.36.1' : part.image);
    expect(main.resources).toMatchObject({
      requests: { cpu: expect.anything(), memory: expect.anything() },
      limits: { cpu: expect.anything(), memory: expect.anything() },
    });
  });
});
