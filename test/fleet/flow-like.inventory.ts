import { asked, type Inventory, type Part } from './inventory.ts';

/**
 * What Flow-Like was asked to be. A Secret that the request lists is a SealedSecret here, and without connection strings:
 * those are put together in the pod, from the password and the address. Where else a line differs, its reason stands
 * beside it.
 */
const policy = 'own: a policy for each component, where the request has one for the API and one for executors';
const sealed = 'asked for as a Secret; plain text never lies in Git';
const hashed = 'asked for; its name ends in a hash here, so that a change rolls its pods';
const exporter = 'extra: the dashboards and alerts asked for need its metrics, and nothing in the request exports them';
const role = 'asked for as flow-like-job-manager; a component and its rights share their name';
const cluster = 'asked for as flow-like-prometheus; names in the whole cluster begin with the namespace';
const account = 'own: only the API may create Jobs, so it does not share the account flow-like';
const monitor = 'asked for as flow-like; one for each component that has metrics';

const database = ['POSTGRES_USERNAME', 'POSTGRES_PASSWORD', 'POSTGRES_DATABASE'];
const storage = [
  ...['STORAGE_PROVIDER', 'S3_ENDPOINT', 'S3_REGION', 'S3_USE_PATH_STYLE', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  ...['META_BUCKET', 'CONTENT_BUCKET', 'LOG_BUCKET'],
];
const tracing = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_SERVICE_NAME'];
// Both sets of names: the chart's, and those that the dispatcher reads.
const jobs = [
  ...['KUBERNETES_NAMESPACE', 'JOB_TIMEOUT_SECONDS', 'JOB_MAX_RETRIES'],
  ...['K8S_NAMESPACE', 'K8S_EXECUTOR_IMAGE', 'K8S_EXECUTOR_POOL_URL', 'K8S_JOB_TIMEOUT', 'K8S_JOB_MAX_RETRIES'],
  ...['K8S_CPU_REQUEST', 'K8S_CPU_LIMIT', 'K8S_MEMORY_REQUEST', 'K8S_MEMORY_LIMIT'],
  // K8S_RUNTIME_CLASS and K8S_EXECUTOR_RUNTIME_CLASS are left out where no RuntimeClass is asked for: blank is one too.
];
const registry = 'ghcr.io/tm9657';
const tmp = 'tmp at /tmp: emptyDir'; // the root file system is read-only

const parts = {
  shared: {
    objects: {
      'Namespace/$namespace': asked, // without the label name=flow-like, which only policies of the chart want
      'ServiceAccount/flow-like': asked,
      'SealedSecret/flow-like-storage': sealed,
      'SealedSecret/flow-like-api-keys': sealed,
      'ConfigMap/flow-like-storage': 'own: what of the storage is no secret; a change rolls the API',
    },
  },
  api: {
    objects: {
      'Deployment/flow-like-api': asked,
      'Service/flow-like-api': asked,
      'ServiceAccount/flow-like-api': account,
      'Role/flow-like-api': role,
      'RoleBinding/flow-like-api': role,
      'NetworkPolicy/flow-like-api': 'asked for',
    },
    image: `${registry}/flow-like-k8s-api:v1.0.0`,
    ports: { http: 8080, metrics: 9090 },
    variables: [
      ...['PORT', 'METRICS_PORT', 'RUST_LOG', 'DATABASE_URL', 'REDIS_URL', 'REDIS_EXECUTION_QUEUE', 'REDIS_REDIS_PASSWORD'],
      ...['EXECUTION_BACKEND', 'ASYNC_EXECUTION_BACKEND', 'EXECUTOR_URL', 'API_BASE_URL'],
      ...['BACKEND_KEY', 'BACKEND_PUB', 'BACKEND_KID'],
      ...storage,
      ...tracing,
      ...jobs,
    ],
    probes: ['live GET /health/live http', 'ready GET /health/ready http', 'startup GET /health/startup http'],
    volumes: [tmp],
  },
  executor: {
    objects: {
      'NetworkPolicy/flow-like-executor': asked,
      'ServiceAccount/default': 'own: the dispatcher names no account, and the one that its pods get then needs no token',
    },
  },
  pool: {
    objects: {
      'Deployment/flow-like-executor-pool': asked,
      'Service/flow-like-executor-pool': asked,
      'NetworkPolicy/flow-like-executor-pool': policy,
    },
    image: `${registry}/flow-like-k8s-executor:v1.0.0`,
    ports: { http: 8080, metrics: 9090 },
    variables: [
      ...['EXECUTOR_SERVER_MODE', 'PORT', 'METRICS_PORT', 'RUST_LOG', 'BACKEND_PUB', 'BACKEND_KID', 'API_URL'],
      ...['EXECUTOR_TIMEOUT_SECS', 'EXECUTOR_BATCH_INTERVAL_MS', 'EXECUTOR_MAX_BATCH_SIZE'],
      ...['EXECUTOR_CALLBACK_TIMEOUT_MS', 'EXECUTOR_CALLBACK_RETRIES'],
      ...tracing,
    ],
    probes: ['live GET /health http', 'ready GET /health http'], // the chart has none, and the server answers
    volumes: [tmp],
  },
  web: {
    objects: { 'Deployment/flow-like-web': asked, 'Service/flow-like-web': asked, 'NetworkPolicy/flow-like-web': policy },
    image: `${registry}/flow-like-k8s-web:v1.0.0`,
    ports: { http: 3001 },
    probes: ['live GET /health http', 'ready GET /health http'],
  },
  migrate: {
    objects: {
      'Job/flow-like-db-migrate': asked, // stays when it is done: one that removed itself would be run again
      'ConfigMap/flow-like-migration': "own: the image's schema is for CockroachDB, and its script accepts the loss of data",
      'NetworkPolicy/flow-like-db-migrate': policy,
    },
    image: `${registry}/flow-like/migration:v1.0.0`, // not :dev, which changes under a release
    variables: ['DATABASE_URL', 'DB_HOST', 'DB_PORT', 'ACCEPT_DATA_LOSS', 'HOME'],
    volumes: ['script at /opt/migration: configMap', 'work at /work: emptyDir', tmp],
  },
  postgres: {
    objects: {
      'StatefulSet/flow-like-postgres': asked,
      'Service/flow-like-postgres': asked,
      'Service/flow-like-postgres-headless': asked,
      'SealedSecret/flow-like-postgres': sealed,
      'NetworkPolicy/flow-like-postgres': policy,
    },
    image: 'postgres:16',
    ports: { sql: 5432 },
    variables: ['POSTGRES_USER', 'POSTGRES_PASSWORD', 'POSTGRES_DB', 'PGDATA'],
    probes: ['live exec pg_isready', 'ready exec pg_isready'],
    volumes: ['data at /var/lib/postgresql/data: claim 10Gi', 'run at /var/run/postgresql: emptyDir', tmp],
    gives: { 'Deployment/flow-like-api': database, 'Job/flow-like-db-migrate': [...database.slice(1), 'DB_USER'] },
  },
  postgresElsewhere: { objects: { 'SealedSecret/flow-like-db-external': sealed } },
  redis: {
    objects: {
      'Deployment/flow-like-redis': asked,
      'Service/flow-like-redis-master': asked,
      'PersistentVolumeClaim/flow-like-redis': asked,
      'SealedSecret/flow-like-redis': sealed,
      'NetworkPolicy/flow-like-redis': policy,
    },
    image: 'redis:7-alpine',
    ports: { redis: 6379 },
    variables: ['REDIS_PASSWORD'],
    probes: ['live TCP redis', 'ready TCP redis'],
    volumes: ['data at /data: persistentVolumeClaim 8Gi'],
  },
  redisExporter: {
    objects: {
      'Deployment/flow-like-redis-exporter': exporter,
      'Service/flow-like-redis-exporter': exporter,
      'NetworkPolicy/flow-like-redis-exporter': policy,
    },
    image: 'oliver006/redis_exporter:v1.58.0',
    ports: { metrics: 9121 },
    variables: ['REDIS_ADDR', 'REDIS_PASSWORD'],
    probes: ['live GET /health metrics', 'ready GET /health metrics'],
  },
  postgresExporter: {
    objects: {
      'Deployment/flow-like-postgres-exporter': exporter,
      'Service/flow-like-postgres-exporter': exporter,
      'NetworkPolicy/flow-like-postgres-exporter': policy,
    },
    image: 'quay.io/prometheuscommunity/postgres-exporter:v0.15.0',
    ports: { metrics: 9187 },
    variables: ['DATA_SOURCE_URI', 'DATA_SOURCE_USER', 'DATA_SOURCE_PASS', 'POSTGRES_DATABASE'],
    probes: ['live GET / metrics', 'ready GET / metrics'],
  },
  prometheus: {
    objects: {
      'Deployment/flow-like-prometheus': asked,
      'Service/flow-like-prometheus': asked,
      'PersistentVolumeClaim/flow-like-prometheus': asked,
      'ServiceAccount/flow-like-prometheus': asked,
      'ClusterRole/flow-like-flow-like-prometheus': cluster,
      'ClusterRoleBinding/flow-like-flow-like-prometheus': cluster,
      'Role/flow-like-prometheus': 'own: it looks for pods in its namespace alone, not in the whole cluster',
      'RoleBinding/flow-like-prometheus': 'the same',
      'ConfigMap/flow-like-prometheus-config': hashed,
      'ConfigMap/flow-like-prometheus-rules': 'asked for within the other; apart, since rules of what is off are left out',
      'NetworkPolicy/flow-like-prometheus': policy,
    },
    image: 'prom/prometheus:v2.48.0',
    ports: { http: 9090 },
    probes: ['live GET /-/healthy http', 'ready GET /-/ready http'],
    volumes: [
      'config at /etc/prometheus/prometheus.yml: configMap',
      'rules at /etc/prometheus/rules: configMap',
      'data at /prometheus: persistentVolumeClaim 50Gi',
    ],
  },
  grafana: {
    objects: {
      'Deployment/flow-like-grafana': asked,
      'Service/flow-like-grafana': asked,
      'PersistentVolumeClaim/flow-like-grafana': asked,
      'SealedSecret/flow-like-grafana': sealed,
      'ConfigMap/flow-like-grafana-config': hashed,
      'ConfigMap/flow-like-grafana-dashboards': 'asked for as six; one folder is one ConfigMap, a dashboard is a file of it',
      'NetworkPolicy/flow-like-grafana': policy,
    },
    image: 'grafana/grafana:10.2.2',
    ports: { http: 3000 },
    variables: ['GF_SECURITY_ADMIN_PASSWORD'],
    probes: ['live GET /api/health http', 'ready GET /api/health http'],
    volumes: [
      'ini at /etc/grafana/grafana.ini: configMap',
      'datasources at /etc/grafana/provisioning/datasources/datasources.yaml: configMap',
      'provider at /etc/grafana/provisioning/dashboards/dashboards.yaml: configMap',
      'dashboards at /var/lib/grafana/dashboards: configMap',
      'data at /var/lib/grafana: persistentVolumeClaim 10Gi',
      tmp,
    ],
  },
  tempo: {
    objects: {
      'Deployment/flow-like-tempo': asked,
      'Service/flow-like-tempo': asked,
      'ConfigMap/flow-like-tempo-config': hashed,
      'NetworkPolicy/flow-like-tempo': policy,
    },
    image: 'grafana/tempo:2.3.1',
    ports: { http: 3200, grpc: 9095, 'otlp-grpc': 4317, 'otlp-http': 4318 },
    probes: ['live GET /ready http', 'ready GET /ready http'],
    volumes: ['config at /etc/tempo: configMap', 'data at /var/tempo: emptyDir'],
  },
} satisfies Record<string, Part>;

const everywhere: Part[] = [
  ...[parts.shared, parts.api, parts.executor, parts.pool, parts.web, parts.migrate],
  ...[parts.redis, parts.redisExporter, parts.prometheus, parts.grafana, parts.tempo],
];
const withDatabase: Part[] = [...everywhere, parts.postgres, parts.postgresExporter];
const grafanaOf = (size: string) => [
  ...parts.grafana.volumes.filter((volume) => !volume.startsWith('data at')),
  `data at /var/lib/grafana: persistentVolumeClaim ${size}`,
];
const postgresOf = (size: string) => [
  ...parts.postgres.volumes.filter((volume) => !volume.startsWith('data at')),
  `data at /var/lib/postgresql/data: claim ${size}`,
];

const production: Inventory = {
  namespace: 'flow-like',
  parts: [...everywhere, parts.postgresElsewhere], // no StatefulSet, no exporter and no dashboard of a database outside
  also: {
    'Ingress/flow-like': asked,
    'Ingress/flow-like-web': 'extra: the pages are of no use where nobody reaches them',
    'HorizontalPodAutoscaler/flow-like-api': asked,
    'PodDisruptionBudget/flow-like-api': asked,
    'ServiceMonitor/flow-like-api': monitor,
    'ServiceMonitor/flow-like-executor-pool': monitor,
    'SealedSecret/ghcr-pull-secret': sealed,
  },
  volumes: { 'Deployment/flow-like-redis': ['data at /data: persistentVolumeClaim 10Gi'] },
};

export const flowLike: Readonly<Record<string, Inventory>> = {
  'dev/flow-like': {
    namespace: 'flow-like',
    parts: withDatabase,
    volumes: {
      'StatefulSet/flow-like-postgres': postgresOf('1Gi'),
      'Deployment/flow-like-redis': ['data at /data: persistentVolumeClaim 1Gi'],
      'Deployment/flow-like-grafana': grafanaOf('1Gi'),
    },
  },
  'staging/flow-like': {
    namespace: 'flow-like',
    parts: withDatabase,
    also: {
      'Ingress/flow-like': asked,
      'Ingress/flow-like-web': 'extra: the pages are of no use where nobody reaches them',
      'Ingress/flow-like-grafana': asked,
      'HorizontalPodAutoscaler/flow-like-api': asked,
      'HorizontalPodAutoscaler/flow-like-web': asked,
      'HorizontalPodAutoscaler/flow-like-executor-pool': asked,
    },
  },
  'prod-eu/flow-like': production,
  'prod-us/flow-like': production,
};
