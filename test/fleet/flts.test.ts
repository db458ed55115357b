import { describe, expect, it } from 'vitest';
import { type Any, get, objectsOf, variablesOf, workloadsOf } from './fleet.ts';
import { choices, type Place } from './flts.inventory.ts';
import { type Column, sizes, stated, trimmed } from './flts.sizes.ts';
import { timings } from './flts.timings.ts';
import { values } from './flts.variables.ts';

const places = (Object.keys(choices) as Place[]).map((place) => ({ place, name: `${place}/flts`, choice: choices[place] }));
const columnOf = (place: Place): Column => (place === 'dev' ? 'dev' : choices[place].production ? 'prod' : 'base');

const cell = ({ requests, limits }: Any) => `${requests.cpu}/${requests.memory} → ${limits.cpu}/${limits.memory}`;

function amount(quantity: string): number {
  const [, digits, unit = ''] = /^([\d.]+)(m|Mi|Gi)?$/.exec(quantity) as RegExpExecArray;
  return Number(digits) * ({ '': 1, m: 1e-3, Mi: 2 ** 20, Gi: 2 ** 30 }[unit] as number);
}

const delays = (probe: Any) =>
  probe === undefined
    ? undefined
    : `${probe.initialDelaySeconds ?? 0}/${probe.periodSeconds ?? 10}/${probe.timeoutSeconds ?? 1} ×${probe.failureThreshold ?? 3}`;

describe.each(places)('$name', ({ place, name, choice }) => {
  const column = columnOf(place);
  const workloads = workloadsOf(objectsOf(name));

  it.each(workloads)('$id has every variable with its value', ({ id, main }) => {
    const expected = values[id]?.(choice) ?? {};
    const shown = (value: string | RegExp) => (typeof value === 'string' ? value : expect.stringMatching(value));
    expect(Object.fromEntries(variablesOf(main, objectsOf(name)))).toEqual(
      Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, shown(value)])),
    );
  });

  it('gives each pod what the table says', () => {
    const found = Object.fromEntries(workloads.map(({ id, main }) => [id, cell(main.resources)]));
    const expected = workloads.map(({ id }) => [id, trimmed[id]?.[column] ?? sizes[id]?.[column]]);
    expect(found).toEqual(Object.fromEntries(expected));
  });

  it('fits what the seed states for the whole', () => {
    const [cpu, bytes] = stated[column] ?? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    const running = workloads.filter(({ object }) => /^(Deployment|StatefulSet)$/.test(object.kind));
    const fewest = objectsOf(name).find((object) => object.kind === 'HorizontalPodAutoscaler')?.spec.minReplicas;
    const sum = (what: string) =>
      running.reduce(
        (total, { object, main }) => total + amount(main.resources.requests[what]) * (object.spec.replicas ?? fewest),
        0,
      );
    expect(sum('cpu')).toBeGreaterThan(1);
    expect(sum('cpu')).toBeLessThanOrEqual(cpu);
    expect(sum('memory')).toBeLessThanOrEqual(bytes);
  });

  it('has as many pods as the table says', () => {
    const counted = workloads.filter(({ object }) => /^(Deployment|StatefulSet)$/.test(object.kind));
    const position = { base: 0, dev: 1, prod: 2 }[column];
    const scaled = objectsOf(name).some((object) => object.kind === 'HorizontalPodAutoscaler');
    const expected = counted.map(({ id }) => [
      id,
      id === 'Deployment/inference' && scaled ? undefined : sizes[id]?.replicas?.[position],
    ]);
    expect(Object.fromEntries(counted.map(({ id, object }) => [id, object.spec.replicas]))).toEqual(Object.fromEntries(expected));
  });

  it('runs each program as the user that its files belong to, restricted', () => {
    expect(Object.fromEntries(workloads.map(({ id, pod }) => [id, pod.securityContext.runAsUser]))).toEqual(
      Object.fromEntries(workloads.map(({ id }) => [id, sizes[id]?.user])),
    );
    const { labels } = get(name, `Namespace/${choice.external ? place : 'flts'}`).metadata;
    // Everywhere, not in production alone: what runs restricted there should do so where it is tried.
    expect(labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
    for (const { pod, containers } of workloads) {
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false, serviceAccountName: 'flts' });
      for (const container of containers)
        expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
    }
  });

  it('limits every container', () => {
    for (const { id, containers } of workloads)
      for (const { name: container, resources } of containers)
        for (const kind of ['requests', 'limits'])
          for (const what of ['cpu', 'memory'])
            expect(resources?.[kind]?.[what], `${id} ${container} ${kind} ${what}`).toBeDefined();
  });

  it('asks whether programs live as often as the sources say', () => {
    for (const [id, expected] of Object.entries(timings)) {
      const found = workloads.find((one) => one.id === id);
      if (found === undefined) continue;
      const { livenessProbe, readinessProbe, startupProbe } = found.main;
      const given = { live: delays(livenessProbe), ready: delays(readinessProbe), startup: delays(startupProbe) };
      expect({ id, ...given }).toEqual({ live: undefined, ready: undefined, startup: undefined, id, ...expected });
    }
  });

  it('keeps one way of stopping a program that cannot be there twice', () => {
    for (const { id, object, pod } of workloads.filter(({ object }) => object.kind === 'Deployment')) {
      const claims = (pod.volumes ?? []).some((volume: Any) => volume.persistentVolumeClaim);
      if (claims) expect(object.spec.strategy?.type, id).toBe('Recreate');
    }
  });

  it('starts nothing by hand: no image that moves', () => {
    for (const { containers } of workloads)
      for (const { image, imagePullPolicy } of containers) {
        expect(image).toMatch(/:[\w.-]+$/);
        expect(image).not.toMatch(/:latest$/);
        expect([undefined, 'IfNotPresent']).toContain(imagePullPolicy);
      }
  });

  it('scales the inference', () => {
    const found = objectsOf(name).find((object) => object.kind === 'HorizontalPodAutoscaler');
    const [min, max, memory] = { base: [2, 10, 80], dev: [2, 8, 75], prod: [4, 20, 75] }[column] as [number, number, number];
    if (place === 'flts-external-backend') return expect(found).toBeUndefined();
    const utilisation = (resource: string, averageUtilization: number) => ({
      type: 'Resource',
      resource: { name: resource, target: { type: 'Utilization', averageUtilization } },
    });
    expect(found?.spec).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'inference' },
      minReplicas: min,
      maxReplicas: max,
      metrics: [utilisation('cpu', 70), utilisation('memory', memory)],
      behavior: {
        scaleUp: {
          stabilizationWindowSeconds: 60,
          selectPolicy: 'Max',
          policies: [
            { type: 'Percent', value: 50, periodSeconds: 60 },
            { type: 'Pods', value: 2, periodSeconds: 60 },
          ],
        },
        scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Percent', value: 25, periodSeconds: 60 }] },
      },
    });
  });

  it('publishes what it should', () => {
    const published = objectsOf(name)
      .filter((object) => object.kind === 'Service' && (object.spec.type ?? 'ClusterIP') !== 'ClusterIP')
      .map(({ metadata, spec }) => [metadata.name, spec.type, ...spec.ports.map((port: Any) => port.nodePort).filter(Boolean)]);
    const expected = {
      dev: [
        ['inference', 'NodePort', 30080],
        ['inference-lb', 'NodePort', 30023],
        ['minio', 'NodePort', 30900, 30901],
        ['mlflow', 'NodePort', 30500],
      ],
      base: [], // where an Ingress is, or a developer's port-forward
      prod: [['inference-lb', 'LoadBalancer']],
    };
    expect(published.sort()).toEqual(expected[column]);
  });

  it('offers its ports by the numbers that others know', () => {
    const services = objectsOf(name).filter((object) => object.kind === 'Service' && object.spec.selector !== undefined);
    const offered = Object.fromEntries(
      services.map(({ metadata, spec }) => [metadata.name, spec.ports.map((port: Any) => port.port)]),
    );
    const expected = {
      kafka: [9092, 9093],
      preprocess: [8020],
      'train-gru': [8021],
      'train-lstm': [8021],
      'nonml-prophet': [8022],
      eval: [8050],
      inference: [8000, 9091],
      'inference-lb': [80],
      'inference-lb-stats': [9000],
      prometheus: [9090],
      grafana: [3000],
      ...(choice.external
        ? {}
        : { minio: [9000, 9001], postgres: [5432], mlflow: [5000], 'fastapi-app': [8000], locust: [8089, 5557, 5558] }),
    };
    expect(offered).toMatchObject(expected);
    for (const { metadata, spec } of services)
      expect(spec.clusterIP, metadata.name).toBe(metadata.name.endsWith('-headless') ? 'None' : undefined);
  });
});
