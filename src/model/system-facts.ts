/** A window in which nothing is synced. */
export interface Freeze {
  readonly schedule: string;
  readonly duration: string;
  readonly timeZone?: string | undefined;
}

/** What Argo CD needs to know of one system in one environment; plain data, so that it can be remembered. */
export interface SystemFacts {
  readonly system: string;
  readonly namespace: string;
  /** group/Kind of every object, with `cluster:` before those without a namespace. */
  readonly kinds: readonly string[];
  readonly namespaces: readonly string[];
  readonly autoscaled: readonly string[];
  /** Folders that a build of the overlay reads. */
  readonly folders: readonly string[];
  readonly after: readonly string[];
  readonly freeze: readonly Freeze[];
  /** Host and path of every ingress: no other system of the cluster may claim them. */
  readonly hosts: readonly string[];
  /** Identity of every object, to find collisions between systems. */
  readonly objects: readonly string[];
}
