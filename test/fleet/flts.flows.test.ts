import { describe, expect, it } from 'vitest';
import { type Any, objectsOf } from './fleet.ts';
import { choices, type Place } from './flts.inventory.ts';

/** Who may open a connection to whom, by ports of pods. No ports: all of them, among brokers. */
type Flow = readonly [from: readonly string[], to: string, ports?: readonly number[]];

const trainers = ['train-gru', 'train-lstm', 'nonml-prophet'];
const models = [...trainers, 'eval', 'inference'];
const locust = ['locust-master', 'locust-worker'];

const flows: readonly Flow[] = [
  [['minio-init', 'minio-backup', 'fastapi-app', 'mlflow', ...models], 'minio', [9000]],
  [['mlflow', 'postgres-backup'], 'postgres', [5432]],
  [models, 'mlflow', [5000]],
  [['preprocess', ...models, ...locust], 'fastapi-app', [8000]],
  [['preprocess', ...models], 'kafka', [9092]],
  [['kafka'], 'kafka'], // 9092 and 9093 in the sources; pods of a StatefulSet here reach all ports of each other
  [['minio'], 'minio'], // the same, where there is one
  [['postgres'], 'postgres'],
  [['inference-lb'], 'inference', [8000]],
  [locust, 'inference-lb', [8023]],
  [['locust-worker'], 'locust-master', [5557]], // 5558 too in the sources; since Locust 1 one port is for both directions
  [['prometheus'], 'inference', [9091]],
  [['prometheus'], 'inference-lb', [9000]],
  [['prometheus'], 'minio', [9000]], // extra: the object store exposes metrics too
  [['prometheus'], 'grafana', [3000]], // extra: so does this
  [['grafana'], 'prometheus', [9090]],
];

/** Whom anybody may reach: by an ingress controller, by a published Service, or by whoever collects metrics. */
const doors: Readonly<Record<'dev' | 'base' | 'prod' | 'external', Readonly<Record<string, readonly string[]>>>> = {
  dev: {
    inference: ['anybody 8000,9091', 'namespaces 9091'],
    'inference-lb': ['anybody 8023', 'namespaces 9000'],
    minio: ['anybody 9000,9001'],
    mlflow: ['anybody 5000'],
  },
  base: {
    inference: ['namespaces 9091'],
    'inference-lb': ['ingress-nginx 8023', 'namespaces 9000'],
    grafana: ['ingress-nginx 3000'],
    mlflow: ['ingress-nginx 5000'],
  },
  prod: {
    inference: ['namespaces 9091'],
    'inference-lb': ['anybody 8023', 'ingress-nginx 8023', 'namespaces 9000'],
    grafana: ['ingress-nginx 3000'],
    mlflow: ['ingress-nginx 5000'],
  },
  external: { inference: ['namespaces 9091'], 'inference-lb': ['namespaces 9000'] },
};

const bridged: Readonly<Record<string, number>> = { mlflow: 5000, minio: 9000, 'fastapi-app': 8000 };
const nameOf = (peer: Any): string => peer.podSelector?.matchLabels['app.kubernetes.io/name'];
const ports = (rule: Any): number[] | undefined => rule.ports?.map((one: Any) => one.port);

/** `a → b 1,2` for every rule that names pods. */
function local(policies: readonly Any[], direction: 'ingress' | 'egress'): string[] {
  const side = direction === 'ingress' ? 'from' : 'to';
  return policies.flatMap(({ spec }) =>
    (spec[direction] ?? []).flatMap((rule: Any) =>
      (rule[side] ?? []).filter(nameOf).map((peer: Any) => {
        const own = spec.podSelector.matchLabels['app.kubernetes.io/name'];
        const [from, to] = direction === 'ingress' ? [nameOf(peer), own] : [own, nameOf(peer)];
        return shown(from, to, ports(rule));
      }),
    ),
  );
}

function shown(from: string, to: string, numbers: readonly number[] | undefined): string {
  return `${from} → ${to} ${numbers ? [...numbers].sort((a, b) => a - b).join() : 'all'}`;
}

describe.each((Object.keys(choices) as Place[]).map((place) => ({ place, name: `${place}/flts` })))(
  '$name',
  ({ place, name }) => {
    const policies = objectsOf(name).filter((object) => object.kind === 'NetworkPolicy');
    const there = new Set(policies.map((policy) => policy.metadata.name));
    const expected = flows.flatMap(([from, to, numbers]) =>
      from.filter((one) => there.has(one) && there.has(to)).map((one) => shown(one, to, numbers)),
    );

    it.each(['ingress', 'egress'] as const)('lets through what the sources name, and nothing else: %s', (direction) => {
      expect(expected.length).toBeGreaterThan(10);
      expect(local(policies, direction).sort()).toEqual([...expected].sort());
    });

    it('lets strangers in only by its doors', () => {
      const { external, production } = choices[place];
      const column = place === 'dev' ? 'dev' : external ? 'external' : production ? 'prod' : 'base';
      const found = policies.flatMap(({ metadata, spec }) => {
        const open = (spec.ingress ?? [])
          .filter((rule: Any) => !rule.from?.some(nameOf))
          .map((rule: Any) => {
            const [peer] = rule.from ?? [];
            const who = peer ? (peer.namespaceSelector.matchLabels?.['kubernetes.io/metadata.name'] ?? 'namespaces') : 'anybody';
            return `${who} ${[...(ports(rule) ?? [])].sort((a, b) => a - b).join()}`;
          });
        return open.length > 0 ? [[metadata.name, open.sort()]] : [];
      });
      expect(Object.fromEntries(found)).toEqual(doors[column]);
    });

    it('lets out to nothing but DNS and the bridges', () => {
      for (const { metadata, spec } of policies) {
        const out = (spec.egress ?? []).filter((rule: Any) => !rule.to?.some(nameOf));
        const dns = out.filter((rule: Any) => rule.to === undefined);
        expect(dns, metadata.name).toEqual([
          {
            ports: [
              { protocol: 'UDP', port: 53 },
              { protocol: 'TCP', port: 53 },
            ],
          },
        ]);
        const bridges = out.filter((rule: Any) => rule.to !== undefined);
        // Prometheus too, whose configuration names the store, though its job for one outside is empty: a reference counts
        // wherever it stands.
        const needed = flows
          .filter(([from, to]) => to in bridged && !there.has(to) && from.includes(metadata.name))
          .map(([, to]) => bridged[to]);
        expect(bridges.flatMap(ports).sort(), metadata.name).toEqual(needed.sort());
        for (const rule of bridges) expect(rule.to, metadata.name).toEqual([{ ipBlock: { cidr: '192.168.65.254/32' } }]);
      }
    });
  },
);
