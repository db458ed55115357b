/**
 * How many pods of each workload there are and what each of them gets, in a developer's cluster, in production, and
 * elsewhere. A cell is CPU / memory, requests → limits; `same` is what stands in the first column.
 */

export type Column = 'base' | 'dev' | 'prod';

export interface Size {
  readonly base: string;
  readonly dev?: string;
  readonly prod: string;
  /** Replicas in the three columns; none for a Job, undefined where the autoscaler decides. */
  readonly replicas?: readonly [base: number, dev: number, prod: number];
  /** The user that its files belong to. */
  readonly user: number;
}

const trainer = {
  base: '1/2Gi → 2/4Gi',
  dev: '500m/1Gi → 1/2Gi',
  prod: '2/4Gi → 4/8Gi',
  replicas: [1, 1, 2],
  user: 10001,
} as const;
const locust = { base: '250m/256Mi → 500m/512Mi', user: 1000 } as const;
// Asked for without numbers.
const backup = { base: '100m/128Mi → 500m/512Mi', prod: '100m/128Mi → 500m/512Mi' };
const locustMaster = '100m/256Mi → 250m/512Mi';
const gateway = '100m/256Mi → 500m/512Mi';
const preprocess = '500m/1Gi → 1/2Gi';

export const sizes: Readonly<Record<string, Size>> = {
  'StatefulSet/kafka': {
    base: '500m/1Gi → 1/2Gi',
    dev: '250m/512Mi → 500m/1Gi',
    prod: '1/2Gi → 2/4Gi',
    replicas: [1, 1, 3],
    user: 1000,
  },
  'StatefulSet/minio': {
    base: '250m/512Mi → 500m/1Gi',
    dev: '100m/256Mi → 250m/512Mi',
    prod: '500m/1Gi → 1/2Gi',
    replicas: [1, 1, 1],
    user: 1000,
  },
  'Job/minio-init': {
    base: '100m/128Mi → 200m/256Mi',
    dev: '100m/128Mi → 200m/256Mi',
    prod: '100m/128Mi → 200m/256Mi',
    user: 1000,
  },
  'StatefulSet/postgres': {
    base: '250m/512Mi → 500m/1Gi',
    dev: '100m/256Mi → 250m/512Mi',
    prod: '1/2Gi → 2/4Gi',
    replicas: [1, 1, 1],
    user: 999,
  },
  'Deployment/mlflow': {
    base: '250m/512Mi → 500m/1Gi',
    dev: '100m/256Mi → 250m/512Mi',
    prod: '500m/1Gi → 1/2Gi',
    replicas: [1, 1, 1],
    user: 10001,
  },
  'Deployment/fastapi-app': { base: gateway, dev: gateway, prod: gateway, replicas: [1, 1, 1], user: 10001 },
  'Deployment/preprocess': { base: preprocess, dev: preprocess, prod: preprocess, replicas: [1, 1, 1], user: 10001 },
  'Deployment/train-gru': trainer,
  'Deployment/train-lstm': trainer,
  'Deployment/nonml-prophet': {
    base: '500m/1Gi → 1/2Gi',
    dev: '250m/512Mi → 500m/1Gi',
    prod: '1/2Gi → 2/4Gi',
    replicas: [1, 1, 1],
    user: 10001,
  },
  'Deployment/eval': {
    base: '250m/512Mi → 500m/1Gi',
    dev: '250m/512Mi → 500m/1Gi',
    prod: '500m/1Gi → 1/2Gi',
    replicas: [1, 1, 1],
    user: 10001,
  },
  'Deployment/inference': {
    base: '500m/1Gi → 1/2Gi',
    dev: '250m/512Mi → 500m/1Gi',
    prod: '1/2Gi → 2/4Gi',
    replicas: [2, 2, 4],
    user: 10001,
  },
  'Deployment/inference-lb': {
    base: '100m/128Mi → 200m/256Mi',
    dev: '100m/128Mi → 200m/256Mi',
    prod: '200m/256Mi → 500m/512Mi',
    replicas: [1, 1, 2], // two in production, where its budget would else block every drain
    user: 99,
  },
  'Deployment/prometheus': {
    base: '250m/512Mi → 500m/1Gi',
    dev: '250m/512Mi → 500m/1Gi',
    prod: '1/2Gi → 2/4Gi',
    replicas: [1, 1, 1],
    user: 65534,
  },
  'Deployment/grafana': {
    base: '100m/256Mi → 250m/512Mi',
    dev: '100m/256Mi → 250m/512Mi',
    prod: '250m/512Mi → 500m/1Gi',
    replicas: [1, 1, 1],
    user: 472,
  },
  'Deployment/locust-master': { base: locustMaster, dev: locustMaster, prod: locustMaster, replicas: [1, 1, 1], user: 1000 },
  'CronJob/postgres-backup': { ...backup, user: 999 }, // as the server, whose dump it writes
  'CronJob/minio-backup': { ...backup, user: 1000 },
  'Deployment/locust-worker': { ...locust, dev: locust.base, prod: locust.base, replicas: [4, 2, 8] },
};

/** Where the sum would not fit the cluster that it is for: 4 CPU and 8 GiB, against the 4.2 and 8.13 of the table above. */
export const trimmed: Readonly<Record<string, Partial<Size>>> = {
  'Deployment/preprocess': { dev: '250m/512Mi → 1/2Gi' }, // idle between runs
  'Deployment/prometheus': { dev: '100m/256Mi → 500m/1Gi' }, // few pods to watch
};

/** What the seed states for the whole, at the least number of pods; Jobs do not run all the time. */
export const stated: Readonly<Partial<Record<Column, readonly [cpu: number, bytes: number]>>> = {
  dev: [4, 8 * 2 ** 30],
  prod: [30, 50e9],
};
