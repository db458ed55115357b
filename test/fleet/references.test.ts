import { describe, expect, it } from 'vitest';
import { type Any, idOf, inputs, parseObjects, renders, workloadsOf } from './fleet.ts';

const decoder = new TextDecoder();

/** The keys that each secret of a system declares, in the version that an environment runs. */
function declaredKeys(environment: string, system: string): Map<string, string[]> {
  const path = [...inputs.keys()].find((one) => one.startsWith('clusters/') && one.endsWith(`/${environment}.yaml`)) as string;
  const [described] = parseObjects(decoder.decode(inputs.get(path)));
  const release = described.spec.systems[system].release as string | undefined;
  const folder = release === undefined ? `systems/${system}` : `systems/${system}/releases/${release}`;
  const [{ spec }] = parseObjects(decoder.decode(inputs.get(`${folder}/system.yaml`))) as [Any];
  const prefix = spec.naming === 'prefixed' ? `${system}-` : '';
  return new Map(
    Object.entries(spec.secrets as Any).map(([name, secret]: Any) => [`${prefix}${name}`, Object.keys(secret.keys)]),
  );
}

function* found(value: Any, key: string): Generator<Any> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === key) yield inner;
    yield* found(inner, key);
  }
}

describe.each(renders)('$name', ({ environment, system, objects }) => {
  const names = (kind: string) => objects.filter((object) => object.kind === kind).map((object) => object.metadata.name);
  const workloads = workloadsOf(objects);
  const pods = workloads.map(({ pod }) => pod);

  it('is one consistent set: no object twice, all in one namespace', () => {
    const ids = objects.map((object) => `${object.apiVersion} ${object.kind}/${object.metadata.name}`);
    expect(new Set(ids).size).toBe(ids.length);
    const [namespace] = names('Namespace');
    const ofTheCluster = ['Namespace', 'ClusterRole', 'ClusterRoleBinding'];
    const strangers = objects.filter((object) => object.metadata.namespace !== namespace && !ofTheCluster.includes(object.kind));
    expect(strangers.map(idOf)).toEqual([]);
  });

  it('names only ConfigMaps that it brings, and brings none in vain', () => {
    const named = pods.flatMap((pod) => [
      ...[...found(pod, 'configMapRef')].map((one) => one.name),
      ...[...found(pod, 'configMapKeyRef')].map((one) => one.name),
      ...[...found(pod.volumes, 'configMap')].map((one) => one.name),
    ]);
    expect([...new Set(named)].sort()).toEqual(names('ConfigMap').sort());
    // The name changes with the content, so a pod never runs with a file other than the one of its render.
    for (const name of named) expect(name).toMatch(/-[a-z0-9]{10}$/);
  });

  it('mounts only keys that its ConfigMaps have', () => {
    for (const { pod, containers } of workloads)
      for (const volume of (pod.volumes ?? []).filter((one: Any) => one.configMap !== undefined)) {
        const map = objects.find((object) => object.kind === 'ConfigMap' && object.metadata.name === volume.configMap.name);
        const keys = Object.keys(map.data);
        for (const item of volume.configMap.items ?? []) expect(keys).toContain(item.key);
        const mounts = containers.flatMap((one) => one.volumeMounts ?? []).filter((mount) => mount.name === volume.name);
        expect(mounts.length).toBeGreaterThan(0);
        for (const mount of mounts) if (mount.subPath !== undefined) expect(keys).toContain(mount.subPath);
      }
  });

  it('reads only secrets that it brings sealed, by keys that the system declares', () => {
    const declared = declaredKeys(environment, system);
    const references = pods.flatMap((pod) => [...found(pod, 'secretKeyRef')]);
    expect(references.length).toBeGreaterThan(0);
    for (const { name, key, optional } of references) {
      expect(names('SealedSecret')).toContain(name);
      expect(declared.get(name), name).toContain(key);
      if (optional !== undefined) expect(typeof optional).toBe('boolean');
    }
    const logins = pods.flatMap((pod) => pod.imagePullSecrets ?? []);
    expect([...new Set([...references, ...logins].map(({ name }) => name))].sort()).toEqual(names('SealedSecret').sort());
    // Nothing else could bring a secret in.
    expect(names('Secret')).toEqual([]);
    for (const pod of pods) expect([...found(pod, 'secretRef'), ...found(pod.volumes, 'secret')]).toEqual([]);
  });

  it('runs as accounts that it brings, which cannot call the API unless they are granted something', () => {
    const bindings = objects.filter((object) => /^(Cluster)?RoleBinding$/.test(object.kind));
    const granted = new Set(bindings.flatMap((binding) => binding.subjects.map((subject: Any) => subject.name)));
    for (const pod of pods) {
      expect(names('ServiceAccount')).toContain(pod.serviceAccountName);
      expect(pod.automountServiceAccountToken).toBe(granted.has(pod.serviceAccountName) ? undefined : false);
    }
  });

  it('claims only volumes that it brings', () => {
    const claimed = pods.flatMap((pod) => [...found(pod.volumes, 'persistentVolumeClaim')].map((one) => one.claimName));
    expect(claimed.sort()).toEqual(names('PersistentVolumeClaim').sort());
  });

  it('gives every mount a volume, and every set of pods its headless Service', () => {
    for (const { object, pod, containers } of workloads) {
      const volumes = [...(pod.volumes ?? []), ...(object.spec.volumeClaimTemplates ?? []).map((one: Any) => one.metadata)];
      const mounted = containers.flatMap((one) => one.volumeMounts ?? []).map((mount) => mount.name);
      expect([...new Set(mounted)].sort()).toEqual(volumes.map((volume) => volume.name).sort());
      if (object.kind === 'StatefulSet') expect(names('Service')).toContain(object.spec.serviceName);
    }
  });

  it('selects with every Service, policy and budget exactly the pods of one component', () => {
    const selectors = objects.flatMap((object) => {
      if (object.kind === 'Service' && object.spec.selector) return [[idOf(object), object.spec.selector]];
      // Pods that a program creates at run time are told by other labels, and are none of the workloads.
      if (object.kind === 'NetworkPolicy' && object.spec.podSelector.matchLabels)
        return [[idOf(object), object.spec.podSelector.matchLabels]];
      if (object.kind === 'PodDisruptionBudget') return [[idOf(object), object.spec.selector.matchLabels]];
      return [];
    });
    expect(selectors.length).toBeGreaterThan(0);
    for (const [id, selector] of selectors) {
      const selected = workloads.filter(({ object }) => {
        const { labels } = (object.spec.jobTemplate?.spec ?? object.spec).template.metadata;
        return Object.entries(selector).every(([key, value]) => labels[key] === value);
      });
      expect(selected, id).toHaveLength(1);
    }
  });
});
