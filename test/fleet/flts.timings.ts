/** First delay, period and timeout in seconds, and how many failures count. Only what the sources say. */
interface Timing {
  readonly live?: string;
  readonly ready?: string;
  readonly startup?: string;
}

export const timings: Readonly<Record<string, Timing>> = {
  'StatefulSet/kafka': { live: '30/10/5 ×5', ready: '10/10/5 ×5' },
  'StatefulSet/postgres': { live: '30/10/5 ×5', ready: '5/10/5 ×5' },
  'Deployment/eval': { live: '30/15/5 ×3', ready: '10/10/5 ×3' },
  'Deployment/inference': { live: '60/15/5 ×3', ready: '30/10/5 ×3', startup: '10/10/5 ×12' },
  'Deployment/inference-lb': { live: '10/10/2 ×3', ready: '5/5/2 ×3' },
  'Deployment/prometheus': { live: '30/10/5 ×3', ready: '5/5/5 ×3' },
  'Deployment/grafana': { live: '30/10/5 ×3', ready: '5/10/5 ×3' },
  'Deployment/locust-master': { live: '30/10/5 ×3', ready: '10/10/5 ×3' },
  // They consume from Kafka and serve nothing.
  'Deployment/train-gru': {},
  'Deployment/train-lstm': {},
  'Deployment/nonml-prophet': {},
  'Deployment/locust-worker': {},
};
