import { application } from '../support/applications.ts';
import { type Injection, named, rewrite } from './injection.ts';

const of = (id: string) => `cluster:dev/${id}`;

/** What becomes of secrets, and of Argo CD's own objects. */
export const secretsAndApplications: readonly Injection[] = [
  {
    name: 'value of a Secret replaced',
    act: ({ kube }) =>
      kube.patch(
        named('fluss Secret/minio-credentials'),
        { stringData: { accessKey: 'somebody-elses' } },
        { manager: 'kubectl-edit' },
      ),
    reported: {
      id: of('fluss/Secret/minio-credentials#data.accessKey'),
      what: 'overwritten',
      by: 'kubectl-edit',
      concealed: true,
    },
  },
  {
    name: 'Secret deleted',
    act: ({ kubectl }) => kubectl('-n', 'flow-like', 'delete', 'secret/flow-like-grafana'),
    reported: { id: of('flow-like/SealedSecret/flow-like-grafana#status'), what: 'not-unsealed' },
  },
  {
    name: 'key of a Secret removed',
    act: ({ kube }) =>
      kube.patch(named('flts Secret/grafana-credentials'), { data: { adminPassword: null } }, { manager: 'kubectl-edit' }),
    reported: { id: of('flts/Secret/grafana-credentials#data.adminPassword'), what: 'overwritten', concealed: true },
  },
  {
    name: 'Application of an environment that is gone',
    act: ({ kube }) =>
      kube.apply(
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: 'dev-earlier', namespace: 'argocd', labels: { 'stowage.dev/environment': 'dev' } },
          spec: { project: 'dev', source: { repoURL: 'https://git.example.com/x.git' }, destination: { name: 'in-cluster' } },
        },
        { manager: 'argocd-controller' },
      ),
    reported: { id: 'cluster:@dev/argocd/Application/dev-earlier', what: 'leftover', by: 'argocd-controller' },
  },
  {
    name: 'ciphertext replaced',
    act: ({ kube }) =>
      rewrite(
        kube,
        'flts SealedSecret/postgres-credentials',
        ({ spec }) => Object.assign(spec.encryptedData, { password: 'AgBy' }),
        'kubectl-edit',
      ),
    reported: {
      id: of('flts/SealedSecret/postgres-credentials#spec.encryptedData.password'),
      what: 'changed',
      by: 'kubectl-edit',
      concealed: true,
    },
  },
  {
    name: 'what does not open',
    act: ({ kube }) =>
      kube.patch(
        named('thunder SealedSecret/thunderline-minio'),
        { status: { conditions: [{ type: 'Synced', status: 'False', message: 'no key could decrypt secret' }] } },
        { manager: 'controller', subresource: 'status' },
      ),
    reported: { id: of('thunderline/SealedSecret/thunderline-minio#status'), what: 'not-unsealed' },
  },
  {
    name: 'a field that the definition of a custom resource keeps without knowing it',
    act: ({ kube }) =>
      rewrite(
        kube,
        'flow-like SealedSecret/flow-like-redis',
        ({ spec }) => Object.assign(spec.encryptedData, { unknown: 'AgBy' }),
        'kubectl-edit',
      ),
    reported: {
      id: of('flow-like/SealedSecret/flow-like-redis#spec.encryptedData.unknown'),
      what: 'added',
      by: 'kubectl-edit',
      concealed: true,
    },
  },
  {
    name: 'Application paused',
    act: ({ kube }) =>
      kube.patch(application('dev-flts'), { spec: { syncPolicy: { automated: null } } }, { manager: 'kubectl-patch' }),
    reported: { id: of('flts/Application/dev-flts#spec.syncPolicy.automated'), what: 'changed' },
  },
  {
    name: 'Application that skips reconciling',
    act: ({ kubectl }) => kubectl('-n', 'argocd', 'annotate', 'application/dev-fluss', 'argocd.argoproj.io/skip-reconcile=true'),
    reported: {
      id: of('fluss/Application/dev-fluss#metadata.annotations["argocd.argoproj.io/skip-reconcile"]'),
      what: 'added',
      by: 'kubectl-annotate',
    },
  },
  {
    name: 'Application led to another branch',
    act: ({ kube }) =>
      kube.patch(application('dev-thunderline'), { spec: { source: { targetRevision: 'trial' } } }, { manager: 'argocd-server' }),
    reported: {
      id: of('thunderline/Application/dev-thunderline#spec.source.targetRevision'),
      what: 'changed',
      by: 'argocd-server',
    },
  },
  {
    name: 'Application that fails',
    act: ({ kube }) =>
      kube.patch(
        application('dev-flow-like'),
        {
          status: {
            operationState: {
              phase: 'Failed',
              message: 'one or more objects failed to apply',
              startedAt: '2026-01-01T00:00:00Z',
            },
          },
        },
        { manager: 'argocd-application-controller' },
      ),
    reported: { id: of('flow-like/Application/dev-flow-like#status'), what: 'stuck' },
  },
  {
    name: 'AppProject opened',
    act: ({ kube }) => rewrite(kube, 'argocd AppProject/dev', ({ spec }) => spec.sourceRepos.push('*'), 'kubectl-edit'),
    reported: { id: 'cluster:@dev/argocd/AppProject/dev#spec.sourceRepos', what: 'changed', by: 'kubectl-edit' },
  },
];
