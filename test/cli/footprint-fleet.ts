import { type Files, withFiles } from '../support/fleet-files.ts';
import { smallFleet } from '../support/small-fleet.ts';

/** Two Systems with each kind of workload, in two environments of one cluster. */
export const footprintFleet: Files = withFiles(smallFleet, {
  'systems/shop/system.yaml': `apiVersion: stowage.dev/v1
kind: System
metadata: {name: shop}
spec:
  components:
    web:
      image: example/web:1.0.0
      autoscale: {min: 2, max: 8, cpu: 70}
      resources: {requests: {cpu: 250m, memory: 512Mi}, limits: {cpu: 500m, memory: 1Gi}}
      sidecars:
        proxy: {image: "example/proxy:1.0.0", resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 64Mi}}}
    database:
      workload: StatefulSet
      image: example/database:1.0.0
      replicas: 3
      ports: {sql: 5432}
      resources: {requests: {cpu: "1", memory: 2Gi}, limits: {cpu: "2", memory: 2Gi}}
      volumes: {data: {size: 10Gi, mountPath: /data}}
    report:
      workload: CronJob
      schedule: "0 3 * * *"
      image: example/report:1.0.0
      resources: {requests: {cpu: "2", memory: 1Gi}, limits: {cpu: "2", memory: 1Gi}}
    logs:
      workload: DaemonSet
      image: example/logs:1.0.0
      resources: {requests: {cpu: 100m, memory: 128Mi}}
`,
  'systems/stock/system.yaml': `apiVersion: stowage.dev/v1
kind: System
metadata: {name: stock}
spec:
  components:
    train:
      image: example/train:1.0.0
      gpu: {count: 1}
      resources: {requests: {cpu: "4", memory: 8Gi}, limits: {cpu: "4", memory: 8Gi}}
      strategy: Recreate
      volumes: {models: {size: 1536Mi, mountPath: /models}}
  objects:
    helper:
      apiVersion: v1
      kind: Pod
      metadata: {name: helper}
      spec:
        securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
        containers:
          - name: helper
            image: example/helper:1.0.0
            resources: {requests: {cpu: 1}}
            securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
`,
  'clusters/dev/cluster.yaml': `apiVersion: stowage.dev/v1
kind: Cluster
metadata: {name: dev}
spec:
  kubernetes: "1.35"
  metricsServer: true
  capacity: {cpu: 32, memory: 64Gi, storage: 1Ti}
  gpuPools: {nvidia: {count: 2}}
`,
  'clusters/dev/dev.yaml': `apiVersion: stowage.dev/v1
kind: Environment
metadata: {name: dev}
spec:
  budget: {cpu: "10", memory: 20Gi}
  systems:
    shop: {budget: {storage: 30Gi}}
    stock: {}
`,
  'clusters/dev/demo.yaml': `apiVersion: stowage.dev/v1
kind: Environment
metadata: {name: demo}
spec:
  namespace: demo
  systems:
    stock: {}
`,
  'clusters/prod/cluster.yaml': undefined,
  'clusters/prod/prod.yaml': undefined,
});
