/** The variables of every workload with their values; a secret is `secret <name>/<key>`. */

export type Values = Readonly<Record<string, string | RegExp>>;

/** What an environment decides. */
export interface Choice {
  readonly identifier: string;
  readonly external: boolean;
  readonly brokers: number;
  /** Most pods of the inference. */
  readonly inference: number;
  readonly sampling: { readonly test: number; readonly seed: number };
  readonly epochs: number;
  readonly production: boolean;
}

type Table = Readonly<Record<string, (choice: Choice) => Values>>;

const gateway = ({ external }: Choice) => (external ? 'http://docker-fastapi-bridge:8000' : 'http://fastapi-app:8000');
const tracking = ({ external }: Choice) => (external ? 'http://docker-mlflow-bridge:5000' : 'http://mlflow:5000');

const kafka = { KAFKA_BOOTSTRAP_SERVERS: 'kafka:9092' };
const identifier = ({ identifier: value }: Choice) => ({ IDENTIFIER: value });
const store = ({ external }: Choice) => ({
  MLFLOW_S3_ENDPOINT_URL: external ? 'http://docker-minio-bridge:9000' : 'http://minio:9000',
  AWS_ACCESS_KEY_ID: 'secret minio-credentials/accessKey',
  AWS_SECRET_ACCESS_KEY: 'secret minio-credentials/secretKey',
  AWS_S3_ADDRESSING_STYLE: 'path',
  AWS_DEFAULT_REGION: 'us-east-1',
});
/** What all that train, judge or serve models share. */
const models = (choice: Choice) => ({
  ...kafka,
  ...identifier(choice),
  ...store(choice),
  GATEWAY_URL: gateway(choice),
  MLFLOW_TRACKING_URI: tracking(choice),
});
const trainer = (choice: Choice) => ({
  ...models(choice),
  GIT_PYTHON_REFRESH: 'quiet',
  CONSUMER_TOPIC: 'training-data',
  PRODUCER_TOPIC: 'model-training',
  TRAIN_TEST_SPLIT: '0.8',
  OUTPUT_SEQ_LEN: '1',
  SKIP_DUPLICATE_CONFIGS: '1',
  FAILURE_MAX_RETRIES: '3',
  DUP_CACHE_MAX: '500',
});
const neural = (name: string, model: string) => (choice: Choice) => ({
  ...trainer(choice),
  HOME: '/tmp',
  LOGNAME: 'train', // its user has no name in the image
  CONSUMER_GROUP_ID: name,
  MODEL_TYPE: model,
  INPUT_SEQ_LEN: '10',
  HIDDEN_SIZE: '128',
  NUM_LAYERS: '2',
  BATCH_SIZE: '64',
  EPOCHS: String(choice.epochs),
  EARLY_STOPPING: 'True',
  PATIENCE: '30',
  LEARNING_RATE: '1e-4',
  ENABLE_XAI: 'false',
  DEFAULT_CONFIG_HASH: 'baseline',
});
const rootUser = {
  MINIO_ROOT_USER: 'secret minio-credentials/accessKey',
  MINIO_ROOT_PASSWORD: 'secret minio-credentials/secretKey',
};
const buckets = {
  ENDPOINT: 'http://minio:9000',
  BUCKETS: 'dataset processed-data mlflow model-promotion inference-logs inference-txt-logs',
  ACCESS_KEY: 'secret minio-credentials/accessKey',
  SECRET_KEY: 'secret minio-credentials/secretKey',
  MC_CONFIG_DIR: '/tmp/.mc', // its user has no home
};
const locust = (choice: Choice) => ({
  GATEWAY_BASE: gateway(choice),
  ENDPOINT_DOWNLOAD: `${gateway(choice)}/download/model-promotion/current.json`,
  PREDICT_URL: /^http:\/\/inference-lb(:80)?\/predict$/,
  TARGET_HOST: /^http:\/\/inference-lb(:80)?$/,
  PREDICT_WARMUP_DISABLE: '1',
  LOCUST_WAIT_FOR_MODEL: '0',
  LOCUST_PREFLIGHT_DISABLE: '1',
  KAFKA_BURST: '0',
  LOCUST_ENABLE_PREDICT_CACHE: '0',
  PREDICT_PAYLOAD_MODE: 'synthetic',
  LOG_FILE: /^\/tmp\//, // its default lies on the mount of the scripts, which is read-only
});

const brokerHost = String.raw`kafka-\d\.kafka-headless(\.[a-z-]+\.svc\.cluster\.local)?`;
const quorum = (count: number) => new RegExp(`^(\\d@${brokerHost}:9093(,|$)){${count}}$`);

export const values: Table = {
  'StatefulSet/kafka': ({ brokers, inference }) => ({
    CLUSTER_ID: /^[A-Za-z0-9_-]{22}$/,
    POD_NAME: 'field metadata.name', // what it advertises
    KAFKA_NODE_ID: "field metadata.labels['apps.kubernetes.io/pod-index']", // the ordinal, which no script need cut out
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_CONTROLLER_QUORUM_VOTERS: quorum(brokers),
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
    KAFKA_ADVERTISED_LISTENERS: /^PLAINTEXT:\/\/\$\(POD_NAME\)\.kafka-headless(\.[a-z-]+\.svc\.cluster\.local)?:9092$/,
    KAFKA_HEAP_OPTS: '-XX:MaxRAMPercentage=50', // by itself it takes 1 GiB, which is all that a pod of dev may have
    KAFKA_INTER_BROKER_LISTENER_NAME: 'PLAINTEXT',
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER', // asked for by no source, and Kafka does not start without
    KAFKA_LOG_DIRS: /^\/var\/lib\/kafka\/data/,
    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: String(brokers),
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: String(brokers),
    KAFKA_DEFAULT_REPLICATION_FACTOR: String(brokers),
    KAFKA_MIN_INSYNC_REPLICAS: brokers === 1 ? '1' : '2',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: brokers === 1 ? '1' : '2',
    KAFKA_NUM_PARTITIONS: String(inference), // a group cannot use more members than partitions
  }),
  'StatefulSet/minio': () => ({ ...rootUser, MINIO_PROMETHEUS_AUTH_TYPE: 'public' }), // extra: Prometheus reads it without a token
  'Job/minio-init': () => buckets,
  'StatefulSet/postgres': () => ({
    POSTGRES_USER: 'secret postgres-credentials/username',
    POSTGRES_PASSWORD: 'secret postgres-credentials/password',
    POSTGRES_DB: 'secret postgres-credentials/database',
    PGDATA: /^\/var\/lib\/postgresql\/data\/\w+$/, // the volume itself may hold lost+found
  }),
  'Deployment/mlflow': (choice) => ({
    ...store(choice),
    MLFLOW_TRACKING_URI: 'http://localhost:5000',
    // From these the next is put together in the pod; the chart writes the password on the command line.
    POSTGRES_CREDENTIALS_USERNAME: 'secret postgres-credentials/username',
    POSTGRES_CREDENTIALS_PASSWORD: 'secret postgres-credentials/password',
    POSTGRES_CREDENTIALS_DATABASE: 'secret postgres-credentials/database',
    MLFLOW_BACKEND_STORE_URI: /^postgresql:\/\/\$\(\w+\):\$\(\w+\)@postgres:5432\/\$\(\w+\)$/,
    HOME: '/tmp', // its user has none, nor a name
    LOGNAME: 'mlflow',
  }),
  'Deployment/fastapi-app': () => ({ ...rootUser, MINIO_ENDPOINT: 'minio:9000', MINIO_DEFAULT_BUCKET: 'dataset' }),
  'Deployment/preprocess': (choice) => ({
    ...kafka,
    ...identifier(choice),
    GATEWAY_URL: gateway(choice),
    PRODUCER_TOPIC_0: 'training-data',
    PRODUCER_TOPIC_1: 'inference-data',
    SCALER: 'MinMaxScaler',
    DATASET_NAME: 'PobleSec',
    SAMPLE_TRAIN_ROWS: '50',
    SAMPLE_TEST_ROWS: String(choice.sampling.test),
    SAMPLE_STRATEGY: 'head',
    SAMPLE_SEED: String(choice.sampling.seed),
    FORCE_REPROCESS: '1',
    EXTRA_HASH_SALT: 'v3_full_in_cluster_backend',
    CONFIG_PATH: '/app/config.json',
  }),
  'Deployment/train-gru': neural('train-gru', 'GRU'),
  'Deployment/train-lstm': neural('train-lstm', 'LSTM'),
  'Deployment/nonml-prophet': (choice) => ({
    ...trainer(choice),
    HOME: '/tmp',
    CONSUMER_GROUP_ID: 'nonml-prophet',
    MODEL_TYPE: 'PROPHET',
    N_CHANGEPOINTS: '50',
    CHANGEPOINT_RANGE: '0.8',
    YEARLY_SEASONALITY: 'auto',
    WEEKLY_SEASONALITY: 'auto',
    DAILY_SEASONALITY: 'auto',
    SEASONALITY_MODE: 'additive',
    SEASONALITY_PRIOR_SCALE: '20',
    HOLIDAYS_PRIOR_SCALE: '10',
    CHANGEPOINT_PRIOR_SCALE: '0.1',
    COUNTRY: 'US',
  }),
  'Deployment/eval': (choice) => ({
    ...models(choice),
    MODEL_TRAINING_TOPIC: 'model-training',
    MODEL_SELECTED_TOPIC: 'model-selected',
    DLQ_MODEL_SELECTED: 'DLQ-model-selected',
    EVAL_GROUP_ID: 'eval-promoter-r5',
    PROMOTION_BUCKET: 'model-promotion',
    LOOKBACK_RUNS: '50',
    EXPECTED_MODEL_TYPES: 'GRU,LSTM,PROPHET',
  }),
  'Deployment/inference': (choice) => ({
    ...models(choice),
    CONSUMER_TOPIC_0: 'inference-data',
    CONSUMER_TOPIC_1: 'model-training',
    CONSUMER_GROUP_ID: 'batch-forecasting-v2',
    PRODUCER_TOPIC: 'performance-eval',
    PROMOTION_TOPIC: 'model-selected',
    INFERENCE_LOG_BUCKET: 'inference-logs',
    SAMPLE_IDX: '0',
    INFERENCE_LENGTH: '10', // the chart renders 4070
    TQDM_DISABLE: '1',
    RUN_INFERENCE_ON_TRAIN_SUCCESS: '1',
    DISABLE_STARTUP_INFERENCE: '1',
    PREDICT_PROGRESS_INTERVAL: '0',
    DISABLE_INFERENCE_CACHE: '1',
    ENABLE_PREDICT_CACHE: '0',
    WAIT_FOR_MODEL: '1',
    MODEL_WAIT_TIMEOUT: '5',
    INFERENCE_PREWARM: '1',
    QUEUE_WORKERS: '6',
    QUEUE_MAXSIZE: '10',
    INFERENCE_TIMEOUT: '60',
    INFERENCE_START_IN_APP: '1',
    SIMULATE_DELAY_SECS: '0',
    USE_BOUNDED_QUEUE: '1',
    USE_MANUAL_COMMIT: '1',
    FETCH_MAX_WAIT_MS: '50',
    MAX_POLL_RECORDS: '64',
    PAUSE_THRESHOLD_PCT: '80',
    RESUME_THRESHOLD_PCT: '50',
    ENABLE_MICROBATCH: '1',
    BATCH_SIZE: '32',
    BATCH_TIMEOUT_MS: '25',
    ENABLE_TTL: '1',
    ENABLE_PUBLISH_API: choice.production ? '0' : '1', // for tests only
    UVICORN_KEEPALIVE: '30',
    PREDICT_MAX_CONCURRENCY: '64',
  }),
  'Deployment/inference-lb': () => ({}),
  'Deployment/prometheus': () => ({}),
  'Deployment/grafana': () => ({
    GF_SECURITY_ADMIN_USER: 'secret grafana-credentials/adminUser',
    GF_SECURITY_ADMIN_PASSWORD: 'secret grafana-credentials/adminPassword',
    GF_USERS_ALLOW_SIGN_UP: 'false',
  }),
  'CronJob/postgres-backup': () => ({
    PGHOST: 'postgres',
    PGPORT: '5432',
    PGUSER: 'secret postgres-credentials/username',
    PGPASSWORD: 'secret postgres-credentials/password',
    PGDATABASE: 'secret postgres-credentials/database',
    KEEP_DAYS: '14',
  }),
  'CronJob/minio-backup': () => buckets,
  'Deployment/locust-master': locust,
  'Deployment/locust-worker': locust,
};
