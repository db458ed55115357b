import { declaredBy } from '../support/declared.ts';
import { type Injection, named } from './injection.ts';

/** What changes in a cluster and is as it should be. */
export const nobodysBusiness: readonly Injection[] = [
  {
    name: 'an autoscaler that moves replicas',
    act: ({ kube }) =>
      kube.patch(
        named('flts Deployment/inference'),
        { spec: { replicas: 5 } },
        { manager: 'kube-controller-manager', subresource: 'scale' },
      ),
  },
  {
    name: 'an annotation of another controller',
    act: ({ kube }) =>
      kube.patch(
        named('flts Deployment/prometheus'),
        { metadata: { annotations: { 'backup.example.com/last': 'today' } } },
        { manager: 'backup-agent' },
      ),
  },
  {
    name: 'a label of a program that nobody knows',
    act: ({ kube }) =>
      kube.patch(
        named('flts Service/prometheus'),
        { metadata: { labels: { 'cost.example.com/center': '7' } } },
        { manager: 'cost-tagger' },
      ),
  },
  {
    name: 'pods that somebody had restarted',
    act: ({ kubectl }) => kubectl('-n', 'flts', 'rollout', 'restart', 'deployment/inference-lb'),
  },
  {
    name: 'quantities that the API server writes in its own way',
    async act({ kube, fleet }) {
      const objects = await declaredBy(fleet.folder, 'dev-flts');
      const spelled = structuredClone(
        objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'locust-worker'),
      );
      for (const { resources } of spelled.spec.template.spec.containers)
        if (resources.limits?.memory === '512Mi') resources.limits.memory = `${512 * 1024}Ki`;
      await kube.apply(spelled, { manager: 'argocd-controller', force: true });
    },
  },
  {
    name: 'an earlier version of a ConfigMap',
    act: ({ kube }) =>
      kube.apply(
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: 'eval-env-42bc6hfgk9',
            namespace: 'flts',
            annotations: { 'argocd.argoproj.io/tracking-id': 'dev-flts:/ConfigMap:flts/eval-env-42bc6hfgk9' },
          },
          data: { A: 'b' },
        },
        { manager: 'argocd-controller' },
      ),
  },
  {
    name: 'a volume of what was removed',
    act: ({ kube }) =>
      kube.apply(
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data-earlier-0', namespace: 'fluss' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
        { manager: 'kube-controller-manager' },
      ),
  },
  {
    name: 'a namespace that the fleet has nothing to do with',
    async act({ kubectl }) {
      await kubectl('create', 'namespace', 'elsewhere');
      await kubectl('-n', 'elsewhere', 'create', 'configmap', 'anything');
    },
  },
];
