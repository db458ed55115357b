/** A render in which every name leads somewhere; tests break one of them at a time. */
export const whole = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
kind: ServiceAccount
metadata: { name: shop, namespace: shop }
---
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web }, annotations: { prometheus.io/port: '9090' } }
    spec:
      serviceAccountName: shop
      initContainers:
        - { name: wait, args: ['queue:9092'] }
      containers:
        - name: web
          args: [--bind, ':8080', --metrics-host, 0.0.0.0, --queue-host=queue]
          ports: [{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 9090 }]
          envFrom: [{ configMapRef: { name: web-env } }]
          env:
            - { name: PASSWORD, valueFrom: { secretKeyRef: { name: db, key: password } } }
            - { name: DATABASE_URL, value: 'postgresql://shop:$(PASSWORD)@db:5432/shop' }
            - { name: BROKER_HOST, value: queue }
            - { name: BROKER_PORT, value: '9092' }
            - { name: PEERS, value: 'http://queue-0.queue-headless.shop.svc.cluster.local:9093' }
            - { name: MODELS, value: 's3://models/current' }
            - { name: STORE, value: 'https://s3.example.com' }
            - { name: TRACES, value: 'http://traces.site.internal:4318' }
            - { name: BRIDGE, value: 'http://legacy:7000' }
          livenessProbe: { httpGet: { path: /, port: http } }
          resources: { requests: { cpu: 1 } }
          volumeMounts: [{ name: conf, mountPath: /conf }]
      volumes: [{ name: conf, configMap: { name: web-files } }]
      topologySpreadConstraints: [{ labelSelector: { matchLabels: { app: web } } }]
---
kind: StatefulSet
metadata: { name: queue, namespace: shop }
spec:
  serviceName: queue-headless
  replicas: 2
  template:
    metadata: { labels: { app: queue } }
    spec:
      serviceAccountName: shop
      containers:
        - name: queue
          command: [sh, -c, 'exec run --me "$HOSTNAME.queue-headless:9093" --also "queue-\${ID}.queue-headless:9093"']
          ports: [{ name: client, containerPort: 9092 }, { name: peer, containerPort: 9093 }]
          volumeMounts: [{ name: data, mountPath: /data }]
  volumeClaimTemplates: [{ metadata: { name: data } }]
---
kind: Deployment
metadata: { name: db, namespace: shop }
spec:
  replicas: 1
  template:
    metadata: { labels: { app: db } }
    spec:
      serviceAccountName: shop
      containers:
        - name: db
          ports: [{ name: sql, containerPort: 5432 }]
          volumeMounts: [{ name: data, mountPath: /data }]
      volumes: [{ name: data, persistentVolumeClaim: { claimName: db } }]
---
kind: PersistentVolumeClaim
metadata: { name: db, namespace: shop }
---
kind: SealedSecret
metadata: { name: db, namespace: shop }
---
kind: ConfigMap
metadata: { name: web-env, namespace: shop }
data: { QUEUE: 'queue:9092' }
---
kind: ConfigMap
metadata: { name: web-files, namespace: shop }
data:
  prometheus.yml: |
    scrape_configs:
      - { job_name: self, static_configs: [{ targets: [localhost:9090] }] }
      - { job_name: queue, dns_sd_configs: [{ names: [queue-headless], type: A, port: 9093 }] }
  haproxy.cfg: |
    frontend web
      bind *:8080
    backend queues
      server-template queue 2 queue-headless:9092 check resolvers pod
  settings.properties: |
    queue.host: queue
    jdbc: jdbc:postgresql://db:5432/shop
  load.py: |
    QUEUE = os.environ.get("QUEUE", "queue:9092")  # steps[first:10]
---
kind: Service
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }, { name: metrics, port: 9090 }] }
---
kind: Service
metadata: { name: queue, namespace: shop }
spec: { selector: { app: queue }, ports: [{ name: client, port: 9092, targetPort: client }] }
---
kind: Service
metadata: { name: queue-headless, namespace: shop }
spec: { clusterIP: None, selector: { app: queue }, ports: [{ name: client, port: 9092, targetPort: client }] }
---
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [{ name: sql, port: 5432, targetPort: sql }] }
---
kind: Service
metadata: { name: legacy, namespace: shop }
spec: { ports: [{ name: http, port: 7000 }] }
---
kind: EndpointSlice
metadata: { name: legacy, namespace: shop, labels: { kubernetes.io/service-name: legacy } }
ports: [{ name: http, port: 7000 }]
endpoints: [{ addresses: [192.0.2.7] }]
---
kind: Ingress
metadata: { name: web, namespace: shop, annotations: { cert-manager.io/cluster-issuer: letsencrypt } }
spec:
  rules: [{ host: shop.example.com, http: { paths: [{ path: /, backend: { service: { name: web, port: { name: http } } } }] } }]
  tls: [{ hosts: [shop.example.com], secretName: web-tls }]
---
kind: ServiceMonitor
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, endpoints: [{ port: metrics }] }
---
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec: { scaleTargetRef: { kind: Deployment, name: web }, metrics: [{ resource: { name: cpu } }] }
---
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } } }
---
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 8080 }] }]
  egress:
    - { to: [{ podSelector: { matchLabels: { app: db } } }], ports: [{ port: 5432 }] }
    - { to: [{ podSelector: { matchLabels: { app: queue } } }], ports: [{ port: 9092 }, { port: 9093 }] }
    - { to: [{ ipBlock: { cidr: 192.0.2.0/24 } }], ports: [{ port: 4318 }, { port: 7000 }] }
---
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 5432 }] }]
---
kind: RoleBinding
metadata: { name: web, namespace: shop }
roleRef: { kind: Role, name: web }
subjects: [{ kind: ServiceAccount, name: shop, namespace: shop }]
---
kind: Role
metadata: { name: web, namespace: shop }
`;
