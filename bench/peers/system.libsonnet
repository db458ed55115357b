// The eight objects of one system in one environment, just as Stowage means them.

// The suffix that kustomize gives a ConfigMap: SHA-256 over its JSON, without letters that spell words.
local substitutes = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };
local contentHash(data) =
  local digest = std.sha256(std.manifestJsonMinified({ data: data, kind: 'ConfigMap', name: '' }));
  std.join('', [std.get(substitutes, digest[i], digest[i]) for i in std.range(0, 9)]);

function(name, environment, settings)
  local partOf = { 'app.kubernetes.io/part-of': name };
  local selector = partOf { 'app.kubernetes.io/name': name };
  local podLabels = selector { 'app.kubernetes.io/component': name };
  local object(apiVersion, kind, body, labels=podLabels, objectName=name, annotations={}) = {
    apiVersion: apiVersion,
    kind: kind,
    metadata: {
      name: objectName,
      namespace: environment.name,
      labels: labels { env: environment.name, region: environment.region },
      [if annotations != {} then 'annotations']: annotations,
    },
  } + body;
  local data = {
    LOG_LEVEL: settings.logLevel,
    CACHE_SECONDS: std.toString(settings.cacheSeconds),
    POOL_SIZE: std.toString(settings.poolSize),
    UPSTREAM_URL: settings.upstream,
    BUCKET: settings.bucket,
    HTTP_PORT: '8080',
    TZ: 'UTC',
    'app.properties': |||
      server.shutdown=graceful
      server.compression=true
      management.port=8081
      feature.newCheckout=false
    ||| + 'spring.application.name=' + name + '\n',
  };
  local configMapName = name + '-env-' + contentHash(data);
  local outlives = { 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous' };
  local lastWave = { 'argocd.argoproj.io/sync-wave': '1' };
  local probe(path, period) = { httpGet: { path: path, port: 'http' }, periodSeconds: period };
  [
    object('v1', 'ServiceAccount', { automountServiceAccountToken: false }, partOf),
    object('v1', 'ConfigMap', { data: data }, partOf, configMapName, outlives),
    object('v1', 'Service', { spec: { ports: [{ name: 'http', port: 8080, targetPort: 'http' }], selector: selector } }),
    object('apps/v1', 'Deployment', {
      spec: {
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: podLabels },
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [{
              name: name,
              image: 'registry.example.com/shop/' + name + ':' + settings.tag,
              ports: [{ name: 'http', containerPort: 8080 }],
              envFrom: [{ configMapRef: { name: configMapName } }],
              resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
              livenessProbe: probe('/healthz', 20),
              readinessProbe: probe('/ready', 5),
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            }],
          },
        },
      },
    }),
    object('autoscaling/v2', 'HorizontalPodAutoscaler', {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: name },
        minReplicas: settings.replicas,
        maxReplicas: 10,
        metrics: [{
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 75 } },
        }],
      },
    }, annotations=lastWave),
    object('policy/v1', 'PodDisruptionBudget', { spec: { maxUnavailable: 1, selector: { matchLabels: selector } } }),
    object('networking.k8s.io/v1', 'NetworkPolicy', {
      spec: {
        podSelector: { matchLabels: selector },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{
          from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }],
          ports: [{ port: 8080 }],
        }],
        egress: [{ ports: [{ protocol: protocol, port: 53 } for protocol in ['UDP', 'TCP']] }],
      },
    }),
    object('networking.k8s.io/v1', 'Ingress', {
      spec: {
        ingressClassName: 'nginx',
        rules: [{
          host: settings.host,
          http: {
            paths: [{
              path: '/',
              pathType: 'Prefix',
              backend: { service: { name: name, port: { name: 'http' } } },
            }],
          },
        }],
      },
    }, annotations=lastWave),
  ]
