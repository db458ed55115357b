import { type Choice, values } from './flts.variables.ts';
import { asked, type Inventory, type Part } from './inventory.ts';

/**
 * What the forecasting pipeline was asked to be. Where a line differs from what its sources say or suggest, the reason
 * stands beside it.
 */

export type Place = 'dev' | 'staging' | 'prod-eu' | 'prod-us' | 'flts-external-backend';

export const choices: Readonly<Record<Place, Choice>> = {
  dev: {
    identifier: 'dev',
    external: false,
    brokers: 1,
    inference: 8,
    sampling: { test: 30, seed: 45 },
    epochs: 5,
    production: false,
  },
  staging: {
    identifier: 'staging',
    external: false,
    brokers: 1,
    inference: 10,
    sampling: { test: 50, seed: 42 },
    epochs: 5,
    production: false,
  },
  'prod-eu': {
    identifier: 'prod',
    external: false,
    brokers: 3,
    inference: 20,
    sampling: { test: 50, seed: 42 },
    epochs: 50,
    production: true,
  },
  'prod-us': {
    identifier: 'prod',
    external: false,
    brokers: 3,
    inference: 20,
    sampling: { test: 50, seed: 42 },
    epochs: 50,
    production: true,
  },
  'flts-external-backend': {
    identifier: 'default',
    external: true,
    brokers: 1,
    inference: 2,
    sampling: { test: 50, seed: 42 },
    epochs: 5,
    production: false,
  },
};

const own = 'asked for in production; here each component has one, and none denies all, everywhere';
const sealed = 'a Secret in the sources, which render none; plain text never lies in Git';
const shared = 'asked for: no variable stands in the manifests of the chart';
const needed = 'not in the sources: what it shares with all that reach the object store';
const script = 'own: the program of the Job, as a file that can be read';
const inProduction = 'asked for in production';

/** A component with the objects that most have. */
function component(kind: string, name: string, ...others: (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries([[`${kind}/${name}`, asked], [`NetworkPolicy/${name}`, own], ...others]);
}

const service = (name: string) => [`Service/${name}`, asked] as const;
const headless = (name: string) => [`Service/${name}-headless`, 'suggested: by it pods are found one by one'] as const;
const config = (name: string, reason = asked) => [`ConfigMap/${name}`, reason] as const;

/** By their place in a registry; the sources give the pipeline's own images none, and most others the tag `latest`. */
function imagesOf(place: Place) {
  const registry = place.startsWith('prod') || place === 'staging' ? 'registry.example.com/flts/' : '';
  const built = (name: string) => `${registry}${name}:1.0.0`; // not `latest`
  return {
    kafka: 'apache/kafka:3.9.1',
    minio: 'minio/minio:RELEASE.2025-09-07T16-13-09Z', // not `latest`
    mc: 'minio/mc:RELEASE.2025-08-13T08-35-41Z', // of the same days as the server; the chart pins an older one
    postgres: 'postgres:13',
    mlflow: built('mlflow'),
    gateway: built('fastapi-app'),
    preprocess: built('preprocess'),
    train: built('train'),
    prophet: built('nonml'),
    eval: built('eval'),
    inference: built('inference'),
    haproxy: 'haproxy:2.9-alpine',
    prometheus: 'prom/prometheus:v3.5.0', // not `latest`
    grafana: 'grafana/grafana-oss:11.6.0', // not `latest`
    locust: 'locustio/locust:2.32.4', // not `latest`
  };
}

function partsOf(place: Place): Part[] {
  const choice = choices[place];
  const images = imagesOf(place);
  const { production } = choice;
  const bySize = (base: string, dev: string, prod: string) => (place === 'dev' ? dev : production ? prod : base);
  const variables = (id: string) => Object.keys(values[id]?.(choice) ?? {});
  const part = (objects: Part['objects'], rest: Omit<Part, 'objects' | 'variables'>): Part => {
    const [id = ''] = Object.keys(objects);
    return { objects, variables: variables(id), ...rest };
  };

  const always: Part[] = [
    {
      objects: {
        'Namespace/$namespace': asked,
        'ServiceAccount/flts': asked,
        'ConfigMap/flts-env': shared,
        'SealedSecret/minio-credentials': sealed,
        'SealedSecret/grafana-credentials': sealed,
      },
    },
    part(component('StatefulSet', 'kafka', service('kafka'), headless('kafka')), {
      image: images.kafka,
      ports: { kafka: 9092, controller: 9093 },
      probes: ['live TCP kafka', 'ready TCP kafka'], // by the kubelet, not by a program in the pod
      volumes: [`data at /var/lib/kafka/data: claim ${bySize('2Gi', '2Gi', '20Gi')}`],
    }),
    part(component('Deployment', 'preprocess', service('preprocess'), config('preprocess-env'), config('preprocess-config')), {
      image: images.preprocess,
      ports: { http: 8020 },
      probes: ['live GET /healthz http', 'ready GET /readyz http'],
      volumes: ['config at /app/config.json: configMap'],
    }),
    ...['train-gru', 'train-lstm', 'nonml-prophet'].map((name) =>
      part(component('Deployment', name, service(name), config(`${name}-env`)), {
        image: name === 'nonml-prophet' ? images.prophet : images.train,
        ports: { http: name === 'nonml-prophet' ? 8022 : 8021 }, // where nothing listens; the Services were asked for
        volumes: ['outputs at /app/outputs: emptyDir'],
      }),
    ),
    part(component('Deployment', 'eval', service('eval'), config('eval-env')), {
      image: images.eval,
      ports: { eval: 8050 },
      probes: ['live GET /healthz eval', 'ready GET /readyz eval'],
    }),
    part(component('Deployment', 'inference', service('inference'), headless('inference'), config('inference-env')), {
      image: images.inference,
      ports: { http: 8000, metrics: 9091 },
      probes: ['live GET /healthz http', 'ready GET /ready http', 'startup GET /healthz http'],
    }),
    part(
      component(
        'Deployment',
        'inference-lb',
        service('inference-lb'),
        ['Service/inference-lb-stats', 'suggested: only Prometheus and the kubelet read them'],
        config('inference-lb-config'),
      ),
      {
        image: images.haproxy,
        ports: { http: 8023, stats: 9000 },
        probes: ['live GET /stats stats', 'ready GET /stats stats'],
        volumes: ['config at /usr/local/etc/haproxy/haproxy.cfg: configMap'],
      },
    ),
    part(component('Deployment', 'prometheus', service('prometheus'), config('prometheus-config')), {
      image: images.prometheus,
      ports: { http: 9090 },
      probes: ['live GET /-/healthy http', 'ready GET /-/ready http'],
      volumes: [
        'config at /etc/prometheus: configMap',
        `data at /prometheus: ${production ? 'persistentVolumeClaim 20Gi' : 'emptyDir'}`,
      ],
    }),
    part(
      component(
        'Deployment',
        'grafana',
        service('grafana'),
        config('grafana-datasources'),
        config('grafana-dashboard-provider'),
        config('grafana-dashboards'),
      ),
      {
        image: images.grafana,
        ports: { http: 3000 },
        probes: ['live GET /api/health http', 'ready GET /api/health http'],
        volumes: [
          `data at /var/lib/grafana: ${production ? 'persistentVolumeClaim 5Gi' : 'emptyDir'}`,
          'datasources at /etc/grafana/provisioning/datasources: configMap',
          'provider at /etc/grafana/provisioning/dashboards: configMap',
          'dashboards at /var/lib/grafana/dashboards: configMap',
        ],
      },
    ),
  ];

  const backend: Part[] = [
    part(component('StatefulSet', 'minio', service('minio'), headless('minio')), {
      image: images.minio,
      ports: { api: 9000, console: 9001 },
      probes: ['live GET /minio/health/live api', 'ready GET /minio/health/ready api'],
      volumes: [`data at /data: claim ${bySize('20Gi', '5Gi', '100Gi')}`],
    }),
    part(component('Job', 'minio-init', config('minio-init', script)), {
      image: images.mc,
      volumes: ['scripts at /scripts: configMap'],
    }),
    part(
      component('StatefulSet', 'postgres', service('postgres'), headless('postgres'), [
        'SealedSecret/postgres-credentials',
        sealed,
      ]),
      {
        image: images.postgres,
        ports: { postgres: 5432 },
        probes: ['live exec pg_isready', 'ready exec pg_isready'],
        volumes: [`data at /var/lib/postgresql/data: claim ${bySize('10Gi', '2Gi', '50Gi')}`],
      },
    ),
    part(component('Deployment', 'mlflow', service('mlflow'), config('mlflow-env', needed)), {
      image: images.mlflow,
      ports: { mlflow: 5000 },
      probes: ['live GET /health mlflow', 'ready GET /health mlflow', 'startup GET /health mlflow'],
      before: ['upgrade-schema'], // asked for, before the server
    }),
    part(component('Deployment', 'fastapi-app', service('fastapi-app'), config('minio-env')), {
      image: images.gateway,
      ports: { fastapi: 8000 },
      probes: ['live GET /healthz fastapi', 'ready GET /healthz fastapi'],
    }),
    part(component('Deployment', 'locust-master', service('locust'), config('locust-env'), config('locust-scripts')), {
      image: images.locust,
      ports: { web: 8089, master: 5557, worker: 5558 },
      probes: ['live GET / web', 'ready GET / web'],
      volumes: ['scripts at /mnt/locust: configMap'],
    }),
    part(component('Deployment', 'locust-worker'), { image: images.locust, volumes: ['scripts at /mnt/locust: configMap'] }),
  ];

  return [
    ...always,
    ...(choice.external ? bridges : backend),
    ...(production || place === 'staging' ? backups(images, production) : []),
  ];
}

const bridges: Part[] = ['mlflow', 'minio', 'fastapi'].map((name) => ({
  objects: {
    [`Service/docker-${name}-bridge`]: asked,
    [`EndpointSlice/docker-${name}-bridge`]: 'where the chart has Endpoints, which Kubernetes deprecates',
  },
}));

function backups({ postgres, mc }: ReturnType<typeof imagesOf>, production: boolean): Part[] {
  const backup = (name: string, image: string, size: string): Part => ({
    objects: {
      [`CronJob/${name}`]: inProduction,
      [`NetworkPolicy/${name}`]: own,
      [`PersistentVolumeClaim/${name}`]: 'where its copies lie',
      [`ConfigMap/${name}`]: script,
    },
    image,
    variables: Object.keys(values[`CronJob/${name}`]?.(choices['prod-eu']) ?? {}),
    volumes: ['scripts at /scripts: configMap', `backup at /backup: persistentVolumeClaim ${size}`],
  });
  return [
    backup('postgres-backup', postgres, production ? '50Gi' : '10Gi'),
    backup('minio-backup', mc, production ? '100Gi' : '20Gi'),
  ];
}

const autoscaler = { 'HorizontalPodAutoscaler/inference': asked };
const ingress = { 'Ingress/flts': inProduction };
const budgets = {
  'PodDisruptionBudget/kafka': inProduction,
  'PodDisruptionBudget/inference': inProduction,
  'PodDisruptionBudget/inference-lb': inProduction,
};

const production: Omit<Inventory, 'parts'> = {
  namespace: 'flts',
  also: {
    ...autoscaler,
    ...ingress,
    ...budgets,
    'PersistentVolumeClaim/prometheus-data-pvc': asked,
    'PersistentVolumeClaim/grafana-data-pvc': asked,
    'ServiceMonitor/inference': 'asked for where the cluster has the Prometheus Operator',
    // Not of MinIO and Grafana: theirs is the port of their API, which would be open to every namespace.
    'ServiceMonitor/inference-lb': 'the same',
  },
};

export const flts: Readonly<Record<string, Inventory>> = {
  'dev/flts': { namespace: 'flts', parts: partsOf('dev'), also: autoscaler },
  'staging/flts': { namespace: 'flts', parts: partsOf('staging'), also: { ...autoscaler, ...ingress } },
  'prod-eu/flts': { ...production, parts: partsOf('prod-eu') },
  'prod-us/flts': { ...production, parts: partsOf('prod-us') },
  'flts-external-backend/flts': { namespace: 'flts-external-backend', parts: partsOf('flts-external-backend') },
};
