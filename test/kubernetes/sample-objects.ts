/** Objects as a compiler would emit them; every field of them is right. */
export type SampleObject = Record<string, unknown> & { apiVersion: string; kind: string };

const labels = { 'app.kubernetes.io/name': 'shop' };
const metadata = { name: 'shop', namespace: 'store', labels, annotations: { note: 'hand over' } };
const selector = { matchLabels: labels };

const podTemplate = {
  metadata: { labels },
  spec: {
    serviceAccountName: 'shop',
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    initContainers: [{ name: 'migrate', image: 'shop:1', restartPolicy: 'Always' }],
    containers: [
      {
        name: 'shop',
        image: 'shop:1',
        imagePullPolicy: 'IfNotPresent',
        ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
        env: [
          { name: 'MODE', value: 'production' },
          { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'shop', key: 'password' } } },
        ],
        envFrom: [{ configMapRef: { name: 'shop' } }],
        resources: { requests: { cpu: '100m', memory: '1Gi' }, limits: { cpu: 1, memory: '1.5Gi' } },
        readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5 },
        livenessProbe: { tcpSocket: { port: 8080 } },
        volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: false }],
        securityContext: { capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
      },
    ],
    volumes: [
      { name: 'data', emptyDir: { medium: '', sizeLimit: '1Gi' } },
      { name: 'settings', configMap: { name: 'shop', items: [{ key: 'a', path: 'b' }], defaultMode: 420 } },
    ],
    tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'shop', effect: 'NoSchedule' }],
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: selector },
    ],
  },
};

export function sampleDeployment(): SampleObject {
  const spec = {
    replicas: 3,
    selector,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
    template: podTemplate,
  };
  return structuredClone({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec });
}

export const builtInSamples: SampleObject[] = [
  sampleDeployment(),
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { ...metadata, creationTimestamp: null },
    spec: {
      serviceName: 'shop',
      replicas: 1,
      selector,
      template: podTemplate,
      podManagementPolicy: 'Parallel',
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
        },
      ],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata,
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['shop.example'], secretName: 'shop-tls' }],
      rules: [
        {
          host: 'shop.example',
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'shop', port: { number: 80 } } } }],
          },
        },
      ],
    },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
        { type: 'Pods', pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: 100 } } },
      ],
      behavior: { scaleDown: { policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }] } },
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ namespaceSelector: selector }], ports: [{ port: 'http', protocol: 'TCP' }] }],
      egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 53 }] }],
    },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: {
      schedule: '0 * * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      jobTemplate: { spec: { backoffLimit: 1, template: podTemplate } },
    },
  },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec: { minAvailable: '50%', selector } },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec: { maxUnavailable: 1, selector } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'store' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { key: 'value' }, binaryData: { blob: 'aGk=' } },
  { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data: { a: 'aGk=' }, stringData: { b: 'c' } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { type: 'ClusterIP', selector: labels, ports: [{ port: 80, targetPort: 'http' }] },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'shop' },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  },
];

export const customSamples: SampleObject[] = [
  {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata,
    spec: {
      encryptedData: { password: 'AgBy3i4OJSWK' },
      template: { type: 'Opaque', metadata: { name: 'shop', labels, creationTimestamp: null } },
    },
  },
  {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata,
    spec: {
      secretName: 'shop-tls',
      dnsNames: ['shop.example'],
      duration: '2160h',
      usages: ['server auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer' },
    },
  },
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { ...metadata, finalizers: ['resources-finalizer.argocd.argoproj.io'] },
    spec: {
      project: 'default',
      source: {
        repoURL: 'https://git.example/shop.git',
        path: 'manifests',
        targetRevision: 'main',
        helm: { valuesObject: { any: { thing: [1, 'two'] } } },
      },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'store' },
      syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] },
    },
  },
  {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata,
    spec: { selector, endpoints: [{ port: 'http', targetPort: 8080, interval: '30s' }] },
  },
];
