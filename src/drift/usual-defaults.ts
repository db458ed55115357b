import { asMap } from '../model/pod-specs.ts';

/** What Kubernetes fills in where nothing is said, by the name of the field. Whoever sent a whole object owns these as well. */
const usual: Readonly<Record<string, readonly unknown[]>> = {
  allocateLoadBalancerNodePorts: [true],
  apiVersion: ['v1'],
  automountServiceAccountToken: [true],
  backoffLimit: [6],
  completionMode: ['NonIndexed'],
  completions: [1],
  concurrencyPolicy: ['Allow'],
  defaultMode: [420],
  dnsPolicy: ['ClusterFirst'],
  enableServiceLinks: [true],
  externalTrafficPolicy: ['Cluster'],
  failedJobsHistoryLimit: [1],
  failureThreshold: [3],
  imagePullPolicy: ['IfNotPresent', 'Always'],
  internalTrafficPolicy: ['Cluster'],
  ipFamilyPolicy: ['SingleStack'],
  manualSelector: [false],
  maxSurge: ['25%', 0],
  maxUnavailable: ['25%', 1],
  minReadySeconds: [0],
  parallelism: [1],
  partition: [0],
  periodSeconds: [10],
  podManagementPolicy: ['OrderedReady'],
  podReplacementPolicy: ['TerminatingOrFailed', 'Failed'],
  preemptionPolicy: ['PreemptLowerPriority'],
  priority: [0],
  progressDeadlineSeconds: [600],
  protocol: ['TCP'],
  replicas: [1],
  restartPolicy: ['Always'],
  revisionHistoryLimit: [10],
  schedulerName: ['default-scheduler'],
  scheme: ['HTTP'],
  sessionAffinity: ['None'],
  successfulJobsHistoryLimit: [3],
  successThreshold: [1],
  suspend: [false],
  terminationGracePeriodSeconds: [30],
  terminationMessagePath: ['/dev/termination-log'],
  terminationMessagePolicy: ['File'],
  timeoutSeconds: [1],
  type: ['RollingUpdate', 'ClusterIP', 'Opaque'],
  volumeMode: ['Filesystem'],
  whenDeleted: ['Retain'],
  whenScaled: ['Retain'],
};

/** What the API server hands out, or writes as another spelling of what is declared. */
const given = new Set([
  'clusterIP',
  'clusterIPs',
  'deprecatedServiceAccount',
  'healthCheckNodePort',
  'ipFamilies',
  'nodePort',
  'resourceVersion',
  'serviceAccount',
  'storageClassName',
  'targetPort',
  'uid',
  'volumeName',
]);

/** Whether a value, whoever owns it, is what would be there had nobody said anything. */
export function isUsualDefault(key: string, value: unknown): boolean {
  if (given.has(key) || value === null) return true;
  const map = asMap(value);
  if (map !== undefined) return Object.entries(map).every(([name, child]) => isUsualDefault(name, child));
  if (Array.isArray(value)) return value.length === 0;
  return usual[key]?.includes(value) === true;
}

/** Whether a live value says more than the declared one, beyond what is filled in. */
export function saysMore(declared: unknown, live: unknown): boolean {
  const [mine, theirs] = [asMap(declared), asMap(live)];
  if (mine !== undefined && theirs !== undefined)
    return Object.entries(theirs).some(([key, value]) =>
      Object.hasOwn(mine, key)
        ? saysMore(mine[key], value)
        : key !== 'status' && key !== 'creationTimestamp' && !isFilledIn(key, value),
    );
  if (!Array.isArray(declared) || !Array.isArray(live)) return false;
  return live.length > declared.length || live.some((element, index) => saysMore(declared[index], element));
}

/** An empty map may say everything, as where it selects: it is none of these. */
function isFilledIn(key: string, value: unknown): boolean {
  return value === null || ['protocol', 'volumeMode', 'apiVersion', 'kind', 'defaultMode', 'scheme'].includes(key);
}
