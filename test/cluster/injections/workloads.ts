import { type Injection, named, rewrite } from './injection.ts';

const container = (name: string, change: object) => ({ spec: { template: { spec: { containers: [{ name, ...change }] } } } });
const strategic = { type: 'strategic-merge', manager: 'kubectl-edit' } as const;
const of = (id: string) => `cluster:dev/${id}`;
/** By default a manager goes by the name of its program, and that of the tests has its version in it. */
const kubectl = /^kubectl(-[\d.]+)?$/;
const inPod = (path: string) => `spec.template.spec.${path}`;

/** What people do to what runs. */
export const workloads: readonly Injection[] = [
  {
    name: 'scaled by hand',
    act: ({ kubectl }) => kubectl('-n', 'thunder', 'scale', 'deployment/thunderline-worker', '--replicas=4'),
    reported: {
      id: of('thunderline/Deployment/thunderline-worker#spec.replicas'),
      what: 'changed',
      by: kubectl,
      subresource: 'scale',
    },
  },
  {
    name: 'image set',
    act: ({ kubectl }) => kubectl('-n', 'flts', 'set', 'image', 'deployment/eval', 'eval=eval:0.9.9'),
    reported: { id: of(`flts/Deployment/eval#${inPod('containers[eval].image')}`), what: 'changed', by: 'kubectl-set' },
  },
  {
    name: 'env edited',
    act: ({ kube }) =>
      kube.patch(
        named('fluss StatefulSet/zookeeper'),
        container('zookeeper', { env: [{ name: 'ZOO_AUTOPURGE_PURGEINTERVAL', value: '1' }] }),
        strategic,
      ),
    reported: {
      id: of(`fluss/StatefulSet/zookeeper#${inPod('containers[zookeeper].env[ZOO_AUTOPURGE_PURGEINTERVAL].value')}`),
      what: 'changed',
      by: 'kubectl-edit',
    },
  },
  {
    name: 'env set to what looks like a secret',
    act: ({ kubectl }) =>
      kubectl(
        '-n',
        'flts',
        'set',
        'env',
        'deployment/preprocess',
        '-c',
        'preprocess',
        'API_TOKEN=ghp_abcdefghijklmnopqrstuvwxyz0123456789',
      ),
    reported: {
      id: of(`flts/Deployment/preprocess#${inPod('containers[preprocess].env')}`),
      what: 'added',
      by: 'kubectl-set',
      concealed: true,
    },
  },
  {
    name: 'env added',
    act: ({ kubectl }) => kubectl('-n', 'flts', 'set', 'env', 'deployment/train-gru', '-c', 'train-gru', 'DEBUG=1'),
    reported: {
      id: of(`flts/Deployment/train-gru#${inPod('containers[train-gru].env[DEBUG]')}`),
      what: 'added',
      by: 'kubectl-set',
    },
  },
  {
    name: 'env removed',
    act: ({ kubectl }) => kubectl('-n', 'flts', 'set', 'env', 'deployment/mlflow', '-c', 'mlflow', 'LOGNAME-'),
    reported: { id: of(`flts/Deployment/mlflow#${inPod('containers[mlflow].env[LOGNAME]')}`), what: 'changed' },
  },
  {
    name: 'limits raised',
    act: ({ kubectl }) =>
      kubectl('-n', 'flts', 'set', 'resources', 'deployment/nonml-prophet', '-c', 'nonml-prophet', '--limits=memory=3Gi'),
    reported: {
      id: of(`flts/Deployment/nonml-prophet#${inPod('containers[nonml-prophet].resources.limits.memory')}`),
      what: 'changed',
      by: 'kubectl-set',
    },
  },
  {
    name: 'probe loosened',
    act: ({ kube }) =>
      kube.patch(named('flts Deployment/mlflow'), container('mlflow', { livenessProbe: { periodSeconds: 300 } }), strategic),
    reported: {
      id: of(`flts/Deployment/mlflow#${inPod('containers[mlflow].livenessProbe.periodSeconds')}`),
      what: 'changed',
      by: 'kubectl-edit',
    },
  },
  {
    name: 'container added',
    act: ({ kube }) =>
      kube.patch(
        named('flts Deployment/fastapi-app'),
        container('debugger', { image: 'busybox:1.36.1', command: ['sleep', '3600'] }),
        strategic,
      ),
    reported: { id: of(`flts/Deployment/fastapi-app#${inPod('containers[debugger]')}`), what: 'added', by: 'kubectl-edit' },
  },
  {
    name: 'nodes chosen',
    act: ({ kube }) =>
      kube.patch(
        named('flts Deployment/grafana'),
        { spec: { template: { spec: { nodeSelector: { disk: 'fast' } } } } },
        { type: 'strategic-merge', manager: 'kubectl-patch' },
      ),
    reported: { id: of(`flts/Deployment/grafana#${inPod('nodeSelector')}`), what: 'added', by: 'kubectl-patch' },
  },
  {
    name: 'command replaced',
    act: ({ kube }) =>
      rewrite(
        kube,
        'flow-like Deployment/flow-like-redis',
        (object) => object.spec.template.spec.containers[0].command.push('again'),
        'kubectl-edit',
      ),
    reported: {
      id: of(`flow-like/Deployment/flow-like-redis#${inPod('containers[redis].command')}`),
      what: 'changed',
      by: 'kubectl-edit',
    },
  },
  {
    name: 'label added',
    act: ({ kubectl }) => kubectl('-n', 'thunder', 'label', 'deployment/thunderline-web', 'team=search'),
    reported: { id: of('thunderline/Deployment/thunderline-web#metadata.labels.team'), what: 'added', by: 'kubectl-label' },
  },
  {
    name: 'annotation added by a person',
    act: ({ kubectl }) => kubectl('-n', 'fluss', 'annotate', 'statefulset/tablet-server', 'note=look'),
    reported: { id: of('fluss/StatefulSet/tablet-server#metadata.annotations.note'), what: 'added', by: 'kubectl-annotate' },
  },
  {
    name: 'label overwritten by a tool of the infrastructure',
    act: ({ kube }) =>
      kube.patch(
        named('fluss Deployment/coordinator-server'),
        { metadata: { labels: { 'app.kubernetes.io/part-of': 'platform' } } },
        { manager: 'Terraform' },
      ),
    reported: {
      id: of('fluss/Deployment/coordinator-server#metadata.labels["app.kubernetes.io/part-of"]'),
      what: 'changed',
      by: 'Terraform',
    },
  },
  {
    name: 'a field set by a program that nobody knows',
    act: ({ kube }) =>
      kube.patch(named('flow-like Deployment/flow-like-web'), { spec: { minReadySeconds: 30 } }, { manager: 'rollout-tuner' }),
    reported: { id: of('flow-like/Deployment/flow-like-web#spec.minReadySeconds'), what: 'added', by: 'rollout-tuner' },
  },
  {
    name: 'Deployment made anew by hand, with more than is declared',
    async act({ kube }) {
      const what = named('flow-like Deployment/flow-like-redis-exporter');
      const object = await kube.get(what);
      await kube.remove(what);
      const { name, namespace, labels, annotations } = object.metadata;
      Object.assign(object.spec.template.spec, { hostNetwork: true });
      const anew = { ...object, metadata: { name, namespace, labels, annotations }, status: undefined };
      await kube.ask('POST', `${await kube.path({ ...what, name: undefined })}?fieldManager=kubectl-create`, { body: anew });
    },
    reported: {
      id: of(`flow-like/Deployment/flow-like-redis-exporter#${inPod('hostNetwork')}`),
      what: 'added',
      by: 'kubectl-create',
    },
  },
  {
    name: 'Deployment deleted',
    act: ({ kubectl }) => kubectl('-n', 'flow-like', 'delete', 'deployment/flow-like-tempo'),
    reported: { id: of('flow-like/Deployment/flow-like-tempo'), what: 'missing' },
  },
  {
    name: 'Job deleted',
    act: ({ kubectl }) => kubectl('-n', 'fluss', 'delete', 'job/minio-bucket'),
    reported: { id: of('fluss/Job/minio-bucket'), what: 'missing' },
  },
  {
    name: 'autoscaler widened',
    act: ({ kube }) =>
      kube.patch(named('flts HorizontalPodAutoscaler/inference'), { spec: { maxReplicas: 40 } }, { manager: 'kubectl-edit' }),
    reported: { id: of('flts/HorizontalPodAutoscaler/inference#spec.maxReplicas'), what: 'changed', by: 'kubectl-edit' },
  },
];
