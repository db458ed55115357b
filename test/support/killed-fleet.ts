import { firstFleet } from '../../src/commands/first-fleet.ts';
import type { Files } from './fleet-files.ts';

const { '.gitignore': _, ...first } = firstFleet('my-fleet');
const system = 'systems/hello/system.yaml';

/** The inputs that `init` writes, with more components, a secret, a config file, a profile, a patch and a second environment. */
export const smallFleet: Files = new Map(
  Object.entries({
    ...first,
    [system]: `${first[system]?.replace('  components:\n', '    cache: {redis.conf: {file: redis.conf}}\n  components:\n')}      env: {$from: [shared], CACHE: "\${components.?cache.host}", TOKEN: "\${secrets.session.token}"}
      needs: [queue]
      autoscale: {min: 2, max: 4, cpu: 80}
    cache:
      optional: true
      image: redis:8.2
      ports: {redis: 6379}
      command: [redis-server, --port, "\${self.ports.redis}"]
      volumes: {conf: {config: cache, mountPath: /etc/redis}}
    queue:
      workload: StatefulSet
      image: nats:2.11
      replicas: 3
      ports: {client: 4222}
      volumes: {data: {size: 1Gi, mountPath: /data}}
      permissions: [{apiGroups: [""], resources: [pods], verbs: [get]}]
  env:
    shared: {LOG_LEVEL: info, QUEUE: "nats://\${components.queue.host}:\${components.queue.ports.client}"}
  secrets:
    session: {keys: {token: {generate: {alphanumeric: 20}}}}
  profiles:
    cached: {components: {cache: {enabled: true}}}
`,
    'clusters/dev/cluster.yaml': `${first['clusters/dev/cluster.yaml']}  metricsServer: true
`,
    'systems/hello/files/redis.conf': 'maxmemory 64mb\n',
    'clusters/dev/dev.yaml': `${first['clusters/dev/dev.yaml']}      components: {web: {ingress: {enabled: true}}}
      patches:
        - target: {kind: Deployment, name: hello-web}
          reason: fewer old ReplicaSets
          json: [{op: add, path: /spec/revisionHistoryLimit, value: 3}]
`,
    'clusters/dev/demo.yaml': `apiVersion: stowage.dev/v1
kind: Environment
metadata: {name: demo}
spec:
  stage: dev
  systems:
    hello:
      namespace: demo
      profiles: [cached]
      parameters: {domain: demo.dev.example.com, greeting: Welcome}
`,
  }),
);
