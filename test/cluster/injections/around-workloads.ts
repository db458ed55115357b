import { type Injection, named, rewrite } from './injection.ts';

const of = (id: string) => `cluster:dev/${id}`;

/** What people do to configuration, access and the network, and what they leave behind. */
export const aroundWorkloads: readonly Injection[] = [
  {
    name: 'Service port changed',
    act: ({ kube }) =>
      rewrite(kube, 'fluss Service/minio', (object) => Object.assign(object.spec.ports[0], { targetPort: 9999 }), 'kubectl-edit'),
    reported: { id: of('fluss/Service/minio#spec.ports[9000].targetPort'), what: 'changed', by: 'kubectl-edit' },
  },
  {
    name: 'Service led elsewhere',
    act: ({ kube }) =>
      kube.patch(
        named('flts Service/grafana'),
        { spec: { selector: { 'app.kubernetes.io/name': 'prometheus' } } },
        { manager: 'kubectl-patch' },
      ),
    reported: { id: of('flts/Service/grafana#spec.selector["app.kubernetes.io/name"]'), what: 'changed', by: 'kubectl-patch' },
  },
  {
    name: 'Service given a setting that nothing declares',
    act: ({ kube }) =>
      kube.patch(named('flts Service/eval'), { spec: { publishNotReadyAddresses: true } }, { manager: 'kubectl-patch' }),
    reported: { id: of('flts/Service/eval#spec.publishNotReadyAddresses'), what: 'added', by: 'kubectl-patch' },
  },
  {
    name: 'Service narrowed to pods that there are none of',
    act: ({ kube }) =>
      kube.patch(named('flts Service/prometheus'), { spec: { selector: { track: 'canary' } } }, { manager: 'kubectl-patch' }),
    reported: { id: of('flts/Service/prometheus#spec.selector'), what: 'changed', by: 'kubectl-patch' },
  },
  {
    name: 'NetworkPolicy peer widened to every namespace',
    act: ({ kube }) =>
      rewrite(
        kube,
        'flts NetworkPolicy/mlflow',
        (object) => {
          const [peer] = object.spec.egress.find(({ to }: { to?: unknown[] }) => to !== undefined).to;
          Object.assign(peer, { namespaceSelector: {} });
        },
        'kubectl-edit',
      ),
    reported: { id: of('flts/NetworkPolicy/mlflow#spec.egress'), what: 'changed', by: 'kubectl-edit' },
  },
  {
    name: 'ports of a NetworkPolicy widened',
    act: ({ kube }) =>
      rewrite(
        kube,
        'flts NetworkPolicy/preprocess',
        (object) => {
          const rule = object.spec.egress.find(({ to }: { to?: unknown[] }) => to !== undefined);
          Object.assign(rule.ports[0], { endPort: 65535 });
        },
        'kubectl-edit',
      ),
    reported: { id: of('flts/NetworkPolicy/preprocess#spec.egress'), what: 'changed', by: 'kubectl-edit' },
  },
  {
    name: 'Service deleted',
    act: ({ kubectl }) => kubectl('-n', 'flts', 'delete', 'service/locust'),
    reported: { id: of('flts/Service/locust'), what: 'missing' },
  },
  {
    name: 'ConfigMap edited',
    act: ({ kube }) =>
      kube.patch(named('flts ConfigMap/train-gru-env-m2h52hfktg'), { data: { EPOCHS: '50' } }, { manager: 'kubectl-edit' }),
    reported: { id: of('flts/ConfigMap/train-gru-env-m2h52hfktg#data.EPOCHS'), what: 'changed', by: 'kubectl-edit' },
  },
  {
    name: 'key added to a ConfigMap',
    act: ({ kube }) =>
      kube.patch(named('flts ConfigMap/flts-env-d6m276d5mf'), { data: { EXTRA: 'yes' } }, { manager: 'kubectl-edit' }),
    reported: { id: of('flts/ConfigMap/flts-env-d6m276d5mf#data.EXTRA'), what: 'added', by: 'kubectl-edit' },
  },
  {
    name: 'NetworkPolicy opened',
    act: ({ kube }) => rewrite(kube, 'flts NetworkPolicy/eval', (object) => object.spec.egress.push({}), 'kubectl-edit'),
    reported: { id: of('flts/NetworkPolicy/eval#spec.egress'), what: 'changed', by: 'kubectl-edit' },
  },
  {
    name: 'NetworkPolicy deleted',
    act: ({ kubectl }) => kubectl('-n', 'flts', 'delete', 'networkpolicy/kafka'),
    reported: { id: of('flts/NetworkPolicy/kafka'), what: 'missing' },
  },
  {
    name: 'Role widened',
    act: ({ kube }) => rewrite(kube, 'flow-like Role/flow-like-api', (object) => object.rules[0].verbs.push('*'), 'kubectl-edit'),
    reported: { id: of('flow-like/Role/flow-like-api#rules'), what: 'changed', by: 'kubectl-edit' },
  },
  {
    name: 'RoleBinding widened',
    act: ({ kube }) =>
      rewrite(
        kube,
        'flow-like RoleBinding/flow-like-api',
        (object) => object.subjects.push({ kind: 'ServiceAccount', name: 'default', namespace: 'flow-like' }),
        'kubectl-edit',
      ),
    reported: { id: of('flow-like/RoleBinding/flow-like-api#subjects'), what: 'changed', by: 'kubectl-edit' },
  },
  {
    name: 'ClusterRole widened',
    act: ({ kube }) =>
      rewrite(
        kube,
        '- ClusterRole/flow-like-flow-like-prometheus',
        (object) => object.rules[0].resources.push('pods'),
        'kubectl-edit',
      ),
    reported: { id: of('flow-like/ClusterRole/flow-like-flow-like-prometheus#rules'), what: 'changed', by: 'kubectl-edit' },
  },
  {
    name: 'token mounted',
    act: ({ kube }) =>
      kube.patch(
        named('flow-like ServiceAccount/flow-like-api'),
        { imagePullSecrets: [{ name: 'somebody' }] },
        { manager: 'kubectl-patch' },
      ),
    reported: { id: of('flow-like/ServiceAccount/flow-like-api#imagePullSecrets'), what: 'added', by: 'kubectl-patch' },
  },
  {
    name: 'pod security of a namespace lowered',
    act: ({ kubectl }) => kubectl('label', '--overwrite', 'namespace/thunder', 'pod-security.kubernetes.io/enforce=privileged'),
    reported: {
      id: of('thunderline/Namespace/thunder#metadata.labels["pod-security.kubernetes.io/enforce"]'),
      what: 'changed',
      by: 'kubectl-label',
    },
  },
  {
    name: 'label of a namespace removed',
    act: ({ kubectl }) => kubectl('label', 'namespace/fluss', 'pod-security.kubernetes.io/warn-'),
    reported: { id: of('fluss/Namespace/fluss#metadata.labels["pod-security.kubernetes.io/warn"]'), what: 'changed' },
  },
  {
    name: 'namespace made anew',
    async act({ kubectl }) {
      await kubectl('delete', 'namespace/thunderline-federation-demo', '--wait=true', '--timeout=120s');
      await kubectl('create', 'namespace', 'thunderline-federation-demo');
    },
    reported: {
      id: 'cluster:thunderline-federation-demo/thunderline/Namespace/thunderline-federation-demo',
      what: 'recreated',
      by: 'kubectl-create',
    },
  },
  {
    name: 'foreign ConfigMap',
    act: ({ kubectl }) => kubectl('-n', 'fluss', 'create', 'configmap', 'notes', '--from-literal=a=b'),
    reported: { id: of('fluss/ConfigMap/notes'), what: 'foreign', by: 'kubectl-create' },
  },
  {
    name: 'foreign Secret',
    act: ({ kubectl }) => kubectl('-n', 'fluss', 'create', 'secret', 'generic', 'mine', '--from-literal=a=b'),
    reported: { id: of('fluss/Secret/mine'), what: 'foreign', by: 'kubectl-create' },
  },
  {
    name: 'foreign pod',
    act: ({ kube }) =>
      kube.ask('POST', `/api/v1/namespaces/flow-like/pods?fieldManager=kubectl-run`, { body: restrictedPod('shell') }),
    reported: { id: of('flow-like/Pod/shell'), what: 'foreign', by: 'kubectl-run' },
  },
  {
    name: 'foreign Deployment, with all that follows from it',
    act: ({ kubectl }) => kubectl('-n', 'flow-like', 'create', 'deployment', 'trial', '--image=busybox:1.36.1', '--replicas=2'),
    reported: { id: of('flow-like/Deployment/trial'), what: 'foreign', by: 'kubectl-create' },
  },
  {
    name: 'foreign claim of a volume',
    act: ({ kube }) =>
      kube.apply(
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'scratch', namespace: 'fluss' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
        { manager: 'kubectl' },
      ),
    reported: { id: of('fluss/PersistentVolumeClaim/scratch'), what: 'foreign', by: 'kubectl' },
  },
  {
    name: 'a role of the whole cluster that was declared once and stayed',
    act: ({ kube }) =>
      kube.apply(
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRole',
          metadata: {
            name: 'earlier',
            annotations: { 'argocd.argoproj.io/tracking-id': 'dev-fluss:rbac.authorization.k8s.io/ClusterRole:fluss/earlier' },
          },
          rules: [],
        },
        { manager: 'argocd-controller' },
      ),
    reported: { id: 'cluster:@dev/ClusterRole/earlier', what: 'leftover', by: 'argocd-controller' },
  },
  {
    name: 'what was declared once and stayed',
    act: ({ kube }) =>
      kube.apply(
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: {
            name: 'earlier',
            namespace: 'fluss',
            annotations: { 'argocd.argoproj.io/tracking-id': 'dev-fluss:/Service:fluss/earlier' },
          },
          spec: { ports: [{ port: 80 }] },
        },
        { manager: 'argocd-controller' },
      ),
    reported: { id: of('fluss/Service/earlier'), what: 'leftover', by: 'argocd-controller' },
  },
];

/** As the pod security of the namespaces lets it in. */
const restrictedPod = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: {
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      { name, image: 'busybox:1.36.1', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } },
    ],
  },
});
