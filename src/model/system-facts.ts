/** A window in which nothing is synced. */
export interface Freeze {
  readonly schedule: string;
  readonly duration: string;
  readonly timeZone?: string | undefined;
}

export interface Workload {
  /** Empty for what has none. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

export interface PodSecurityNeed {
  readonly level: 'baseline' | 'privileged';
  /** One pod that needs it: ``Deployment/web: the pod runs as user 0``. */
  readonly since: string;
}

/** What Argo CD needs to know of one system in one environment; plain data, so that it can be remembered. */
export interface SystemFacts {
  readonly system: string;
  readonly namespace: string;
  /** What an autoscaler has the replicas of. */
  readonly autoscaled: readonly Workload[];
  /** Folders that a build of the overlay reads. */
  readonly folders: readonly string[];
  readonly after: readonly string[];
  readonly freeze: readonly Freeze[];
  /** Host and path of every ingress, with `(Exact)` where the path alone is meant: no other system of the cluster may claim them. */
  readonly hosts: readonly string[];
  /** `port/protocol` of every node port: a cluster has each of them once. */
  readonly nodePorts: readonly string[];
  /** `apiVersion Kind namespace/name` of every object; those of the whole cluster have no namespace. */
  readonly objects: readonly string[];
  /** The Pod Security level of its namespace, where the system makes that. */
  readonly enforces?: string | undefined;
  /** Where somebody else makes it: what its pods need beyond level restricted. */
  readonly needs?: PodSecurityNeed | undefined;
  /** What its pods and claims ask for, by resource, as quantities: others share its environment and its cluster. */
  readonly requests: { readonly minimum: Readonly<Record<string, string>>; readonly maximum: Readonly<Record<string, string>> };
}
