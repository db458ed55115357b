/**
 * What Thunderline and Fluss were asked to be: every object with the reason why it is there, and of every workload the image,
 * ports, variables, probes and volumes. Where a line differs from what the upstream charts or the requests say,
 * its reason stands beside it.
 */

export const asked = 'asked for';
const policy = 'own: the request recommends network policies and the charts have none';
const sealed = 'instead of a Secret: plain text never lies in Git';
const account = 'own for Fluss: its pods should not share the default account, though none calls the API';
const namespace = 'own: Argo CD does not create it, so that its labels are under control';
const own = 'the other demos of the chart name hosts that nothing creates';
const data = 'the request promises it and the chart renders none of it';
const migration = 'extra: the application has migrations that nothing in it runs';
const budget = 'extra in production: survives the drain of a node';

export interface Part {
  /** Kind/name → why; the workload comes first. */
  readonly objects: Readonly<Record<string, string>>;
  readonly image?: string;
  readonly ports?: Readonly<Record<string, number>>;
  readonly variables?: readonly string[];
  /** Liveness, readiness and start-up. */
  readonly probes?: readonly string[];
  /** Name at path: what it is. */
  readonly volumes?: readonly string[];
  /** Init containers besides the one that waits. */
  readonly before?: readonly string[];
  /** Variables that other workloads have because of this part. */
  readonly gives?: Readonly<Record<string, readonly string[]>>;
}

const boot = ['DATABASE_URL', 'SECRET_KEY_BASE', 'TOKEN_SIGNING_SECRET', 'THUNDERLINE_VAULT_KEY'];
// Kubernetes puts these two into DATABASE_URL when the container starts.
const database = ['POSTGRESQL_USERNAME', 'POSTGRESQL_PASSWORD'];
const role = ['ROLE', 'START_ENDPOINT', 'START_COMPUTE', 'START_OBAN', 'PORT'];
const shared = [
  ...['SERVICE_NAME', 'LOG_LEVEL', 'FEATURES', 'RELEASE_CONFIG_FILE', 'CEREBROS_ENABLED', 'CEREBROS_MODE', 'CEREBROS_SCRIPT'],
  ...['MINIO_BUCKET', 'MINIO_ENDPOINT', 'MINIO_ACCESS_KEY', 'MINIO_SECRET_KEY', 'OTEL_EXPORTER_OTLP_HEADERS'],
  // Not in the chart: LiveView refuses sockets without the first, and jobs run only because of the last.
  ...['PHX_HOST', 'POOL_SIZE', 'TL_ENABLE_OBAN'],
];
const s3 = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_DEFAULT_REGION', 'MLFLOW_S3_ENDPOINT_URL'];

const toApplication = (...names: string[]) => ({ 'Deployment/thunderline-web': names, 'Deployment/thunderline-worker': names });

const thunderline = {
  shared: {
    objects: {
      'Namespace/$namespace': namespace,
      'ServiceAccount/thunderline': asked,
      'ConfigMap/thunderline-env': asked,
      'SealedSecret/thunderline-secrets': sealed,
      'SealedSecret/thunderline-minio': `${data}; ${sealed}; elsewhere the key pair of S3`,
      'SealedSecret/thunderline-postgresql': `${data}; ${sealed}; elsewhere the account at the database`,
    },
  },
  web: {
    objects: { 'Deployment/thunderline-web': asked, 'Service/thunderline-web': asked, 'NetworkPolicy/thunderline-web': policy },
    image: 'thunderline/app:2.1.0',
    ports: { http: 4000 },
    variables: [...shared, ...boot, ...database, ...role],
    probes: ['live GET /healthz http', 'ready GET / http'], // not /health, which is 404 in the application
  },
  worker: {
    objects: { 'Deployment/thunderline-worker': asked, 'NetworkPolicy/thunderline-worker': policy }, // and no Service
    image: 'thunderline/app:2.1.0',
    ports: { http: 4000 }, // the image listens in this role too, so its probes need not be an echo
    variables: [...shared, ...boot, ...database, ...role],
    probes: ['live GET /healthz http', 'ready GET /healthz http'],
  },
  migrate: {
    objects: { 'Job/thunderline-migrate': migration, 'NetworkPolicy/thunderline-migrate': policy },
    image: 'thunderline/app:2.1.0',
    variables: [...boot, ...database],
  },
  postgresql: {
    objects: {
      'StatefulSet/thunderline-postgresql': `asked for in hpo-demo; ${own}`,
      'Service/thunderline-postgresql': 'the same', // headless
      'NetworkPolicy/thunderline-postgresql': policy,
    },
    image: 'pgvector/pgvector:pg16', // the chart's 15 lacks the extension vector and is below the application's minimum
    ports: { postgresql: 5432 },
    variables: ['POSTGRES_USER', 'POSTGRES_PASSWORD', 'POSTGRES_DB', 'PGDATA'],
    probes: ['live exec pg_isready', 'ready exec pg_isready', 'startup exec pg_isready'],
    volumes: ['data at /var/lib/postgresql/data: claim 8Gi'],
  },
  minio: {
    objects: {
      'StatefulSet/thunderline-minio': data,
      'Service/thunderline-minio': data,
      'NetworkPolicy/thunderline-minio': policy,
      'Job/thunderline-minio-bucket': data,
      'NetworkPolicy/thunderline-minio-bucket': policy,
    },
    image: 'quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z',
    ports: { api: 9000, console: 9001 },
    variables: ['MINIO_ROOT_USER', 'MINIO_ROOT_PASSWORD'],
    probes: ['live GET /minio/health/live api', 'ready GET /minio/health/ready api'],
    volumes: ['data at /data: claim 20Gi'],
  },
  federation: {
    objects: {
      'Deployment/thunderline-federation': asked,
      'Service/thunderline-federation': asked,
      'NetworkPolicy/thunderline-federation': policy,
    },
    image: 'flwr/superlink:1.20.0', // neither command of the request and the chart starts
    ports: { grpc: 8081 },
    variables: [], // in the chart it has all secrets of the application
    probes: ['live TCP grpc', 'ready TCP grpc', 'startup TCP grpc'],
  },
  flowerClient: {
    objects: {
      'Deployment/thunderline-flower-client': 'the prerequisites have a GPU pool for Flower clients, the chart has none',
      'NetworkPolicy/thunderline-flower-client': policy,
    },
    image: 'flwr/supernode:1.20.0',
    variables: [],
  },
  mlflow: {
    objects: {
      'Deployment/thunderline-mlflow': asked,
      'Service/thunderline-mlflow': asked,
      'PersistentVolumeClaim/thunderline-mlflow': asked,
      'NetworkPolicy/thunderline-mlflow': policy,
      'ConfigMap/thunderline-s3': 'own: what MLflow and Cerebros share to reach S3',
    },
    image: 'ghcr.io/mlflow/mlflow:v2.14.1',
    ports: { http: 5000 },
    variables: [...s3, 'HOME', 'LOGNAME'],
    probes: ['live GET /health http', 'ready GET /health http', 'startup GET /health http'],
    volumes: ['data at /data: persistentVolumeClaim 10Gi'],
    gives: toApplication('MLFLOW_TRACKING_URI'),
  },
  cerebros: {
    objects: {
      'Deployment/thunderline-cerebros': asked,
      'Service/thunderline-cerebros': asked,
      'ConfigMap/thunderline-cerebros-runner': 'asked for, here also in hpo-demo: its image of the chart is not public',
      'NetworkPolicy/thunderline-cerebros': policy,
    },
    image: 'python:3.11-slim',
    ports: { http: 8088 },
    // In the chart it gets no key pair, though clients of MLflow upload by themselves.
    variables: [...s3, 'PORT', 'MLFLOW_TRACKING_URI', 'MLFLOW_EXPERIMENT_NAME', 'LOGNAME', 'PYTHONUNBUFFERED'],
    probes: ['live GET /healthz http', 'ready GET /healthz http'],
    volumes: ['script at /app/cerebros_runner.py: configMap'],
    gives: toApplication('CEREBROS_URL', 'CEREBROS_REMOTE_URL'),
  },
  livebook: {
    objects: {
      'Deployment/thunderline-livebook': asked,
      'Service/thunderline-livebook': asked,
      'SealedSecret/thunderline-livebook': sealed,
      'NetworkPolicy/thunderline-livebook': policy,
    },
    image: 'ghcr.io/livebook-dev/livebook:0.12.1',
    ports: { http: 8080 },
    variables: [
      // Not LIVEBOOK_TOKEN_ENABLED=false of the chart: it is read only where no password is, and would open the door then.
      ...['LIVEBOOK_PORT', 'LIVEBOOK_IP', 'LIVEBOOK_HOME', 'LIVEBOOK_DEFAULT_RUNTIME'],
      ...['LIVEBOOK_PASSWORD', 'LIVEBOOK_COOKIE', 'LIVEBOOK_SECRET_KEY_BASE'],
    ],
    probes: ['live GET /public/health http', 'ready GET /public/health http', 'startup GET /public/health http'],
    volumes: ['data at /data: emptyDir'],
  },
  otelcol: {
    objects: {
      'Deployment/thunderline-otelcol': asked,
      'Service/thunderline-otelcol': asked,
      'ConfigMap/thunderline-otelcol': asked,
      'NetworkPolicy/thunderline-otelcol': policy,
    },
    image: 'otel/opentelemetry-collector-contrib:0.106.0',
    ports: { 'otlp-grpc': 4317, 'otlp-http': 4318, health: 13133 }, // health: for the probes, in the pod only
    variables: [],
    probes: ['live GET / health', 'ready GET / health'],
    volumes: ['config at /conf: configMap'],
    gives: toApplication('OTEL_EXPORTER_OTLP_ENDPOINT'),
  },
  otelcolElsewhere: { objects: {}, gives: toApplication('OTEL_EXPORTER_OTLP_ENDPOINT') },
  noOtelcol: { objects: {}, gives: toApplication('OTEL_DISABLED') },
} satisfies Record<string, Part>;

const pod = ['POD_NAME', 'POD_IP', 'POD_NAMESPACE'];
const listeners = ['ADVERTISED_HOST', 'CLIENT_PORT', 'INTERNAL_PORT'];
const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']; // never in server.yaml, which lies in Git
const fluss = {
  shared: {
    objects: { 'Namespace/$namespace': namespace, 'ServiceAccount/fluss': account, 'ConfigMap/fluss-conf-file': asked },
  },
  coordinator: {
    objects: {
      'Deployment/coordinator-server': asked, // a StatefulSet in the chart
      'Service/coordinator-server': asked, // ClusterIP: its name is what is advertised
      'NetworkPolicy/coordinator-server': policy,
    },
    image: 'apache/fluss:0.9.1-incubating', // the newest that is released
    ports: { client: 9124, internal: 9123, metrics: 9249 },
    variables: [...pod, ...listeners, ...keys],
    probes: ['live TCP client', 'ready TCP client'],
    volumes: ['conf at /opt/conf: configMap', 'data at /tmp/fluss/data: emptyDir'],
  },
  tablet: {
    objects: {
      'StatefulSet/tablet-server': asked,
      'Service/tablet-server-hs': asked, // headless
      'NetworkPolicy/tablet-server': policy,
    },
    image: 'apache/fluss:0.9.1-incubating',
    ports: { client: 9124, internal: 9123, metrics: 9249 },
    variables: [...pod, ...listeners, ...keys, 'READINESS_TIMEOUT_MS', 'READINESS_HEALTH_CHECK_TIMEOUT_SECONDS'],
    probes: ['live TCP client', 'ready exec /opt/conf/ready.sh'], // by TCP where the image has no readiness check
    volumes: ['conf at /opt/conf: configMap', 'data at /tmp/fluss/data: claim 1Gi'],
  },
  zookeeper: {
    objects: {
      'StatefulSet/zookeeper': asked,
      'Service/zookeeper': asked,
      'Service/zookeeper-hs': asked,
      'NetworkPolicy/zookeeper': policy,
    },
    image: 'zookeeper:3.9.2',
    ports: { client: 2181, follower: 2888, election: 3888, admin: 8080 },
    variables: [
      ...['ZOO_SERVERS', 'ZOO_STANDALONE_ENABLED', 'ZOO_CFG_EXTRA'],
      ...['ZOO_4LW_COMMANDS_WHITELIST', 'ZOO_AUTOPURGE_PURGEINTERVAL'], // ZOO_MY_ID is what the command makes of the ordinal
    ],
    probes: ['live TCP client', 'ready GET /commands/ruok admin'],
    volumes: ['data at /data: claim 1Gi', 'datalog at /datalog: claim 1Gi'],
  },
  minio: {
    objects: {
      'StatefulSet/minio': asked,
      'Service/minio': asked,
      'Job/minio-bucket': asked,
      'SealedSecret/minio-credentials': sealed,
      'NetworkPolicy/minio': policy,
      'NetworkPolicy/minio-bucket': policy,
    },
    image: 'quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z',
    ports: { api: 9000, console: 9001 },
    variables: ['MINIO_ROOT_USER', 'MINIO_ROOT_PASSWORD'],
    probes: ['live GET /minio/health/live api', 'ready GET /minio/health/ready api'],
    volumes: ['data at /data: claim 20Gi'],
  },
  jobmanager: {
    objects: {
      'Deployment/flink-jobmanager': asked,
      'Service/flink-jobmanager': asked,
      'ConfigMap/flink-fluss-catalog': asked,
      'NetworkPolicy/flink-jobmanager': policy,
    },
    image: 'apache/fluss-quickstart-flink:1.20-0.9.1-incubating',
    ports: { rpc: 6123, blob: 6124, ui: 8081 },
    variables: ['FLINK_PROPERTIES'],
    probes: ['live TCP rpc', 'ready GET /overview ui'],
    volumes: ['catalog at /opt/catalog: configMap'],
  },
  taskmanager: {
    objects: { 'Deployment/flink-taskmanager': asked, 'NetworkPolicy/flink-taskmanager': policy }, // and no Service
    image: 'apache/fluss-quickstart-flink:1.20-0.9.1-incubating',
    ports: { rpc: 6122, data: 6121, query: 6125 }, // the last two are fixed so that a policy can name them
    variables: ['FLINK_PROPERTIES'],
    probes: ['live TCP rpc'],
  },
  s3Elsewhere: { objects: { 'SealedSecret/fluss-s3': sealed } },
  /** What releases up to 1.1.0 do not have yet. */
  head: { objects: {}, gives: { 'Deployment/coordinator-server': ['NODE_IP'] } },
} satisfies Record<string, Part>;

/** The Job beside MinIO is not the first object of its part. */
export const bucketJob: Part = {
  objects: {},
  image: 'quay.io/minio/mc:RELEASE.2025-08-13T08-35-41Z',
  variables: ['ENDPOINT', 'BUCKET', 'ACCESS_KEY', 'SECRET_KEY', 'MC_CONFIG_DIR'],
};

export interface Inventory {
  readonly namespace: string;
  readonly parts: readonly Part[];
  /** Only here. */
  readonly also?: Readonly<Record<string, string>>;
  /** Only here of another kind or size. */
  readonly volumes?: Readonly<Record<string, readonly string[]>>;
}

const { shared: common, web, worker, migrate, postgresql, minio } = thunderline;
const { federation, flowerClient, mlflow, cerebros, livebook, otelcol, otelcolElsewhere, noOtelcol } = thunderline;
const application: Part[] = [common, web, worker, migrate];
const core: Part[] = [fluss.shared, fluss.coordinator, fluss.tablet];
const flink: Part[] = [fluss.jobmanager, fluss.taskmanager];
const conf = 'conf at /opt/conf: configMap';

const thunderlineInProduction: Inventory = {
  namespace: 'thunder',
  parts: [...application, otelcolElsewhere], // Postgres and S3 are external
  also: {
    'Ingress/thunderline-web': asked,
    'HorizontalPodAutoscaler/thunderline-web': 'extra in production',
    'PodDisruptionBudget/thunderline-web': budget,
    'PodDisruptionBudget/thunderline-worker': budget,
  },
};
const flussInProduction: Inventory = {
  namespace: 'fluss',
  parts: [...core, ...flink, fluss.s3Elsewhere], // ZooKeeper is external
  also: {
    'PodDisruptionBudget/tablet-server': budget,
    'PodDisruptionBudget/flink-taskmanager': budget,
    'ServiceMonitor/coordinator-server':
      'instead of a headless metrics Service: only these clusters have the Prometheus Operator',
    'ServiceMonitor/tablet-server': 'the same',
  },
  volumes: { 'StatefulSet/tablet-server': [conf, 'data at /tmp/fluss/data: claim 100Gi'] },
};
const hpo = [...application, postgresql, minio, mlflow, cerebros, livebook, otelcol];

export const inventories: Readonly<Record<string, Inventory>> = {
  'dev/thunderline': { namespace: 'thunder', parts: [...application, postgresql, minio, noOtelcol] },
  'dev/fluss': {
    namespace: 'fluss',
    parts: [...core, fluss.zookeeper, fluss.minio, fluss.head],
    volumes: {
      'StatefulSet/tablet-server': [conf, 'data at /tmp/fluss/data: emptyDir'],
      'StatefulSet/zookeeper': ['data at /data: emptyDir', 'datalog at /datalog: emptyDir'],
    },
  },
  'thunderline-federation-demo/thunderline': {
    namespace: 'thunderline-federation-demo',
    parts: [...application, postgresql, minio, federation, flowerClient, noOtelcol],
  },
  'thunderline-hpo-demo/thunderline': { namespace: 'thunderline-hpo-demo', parts: hpo },
  'thunderline-livebook-tls/thunderline': {
    namespace: 'thunderline-livebook-tls',
    parts: hpo,
    also: { 'Ingress/thunderline-livebook': asked, 'Certificate/thunderline-livebook': asked },
  },
  'staging/thunderline': {
    namespace: 'thunder',
    parts: [...application, postgresql, minio, otelcol],
    also: { 'Ingress/thunderline-web': asked },
  },
  'staging/fluss': {
    namespace: 'fluss',
    parts: [...core, fluss.zookeeper, fluss.minio, ...flink, fluss.head],
    also: { 'PodDisruptionBudget/zookeeper': 'an ensemble of three keeps its quorum' },
    volumes: { 'StatefulSet/tablet-server': [conf, 'data at /tmp/fluss/data: claim 20Gi'] },
  },
  'prod-eu/thunderline': thunderlineInProduction,
  'prod-eu/fluss': flussInProduction,
  'prod-us/thunderline': thunderlineInProduction,
  'prod-us/fluss': flussInProduction,
};
