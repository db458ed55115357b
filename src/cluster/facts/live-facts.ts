/** What the cluster answered, or why nobody knows, for the person at the keyboard. */
export type Asked<Value> = { readonly value: Value } | { readonly unknown: string; readonly hint?: string | undefined };

export interface LiveClass {
  readonly name: string;
  readonly default: boolean;
}

/** A node on which pods of the fleet may run. */
export interface LiveNode {
  readonly labels: Readonly<Record<string, string>>;
  /** Keys of the taints that keep pods away. */
  readonly taints: readonly string[];
  /** Quantities by resource. */
  readonly allocatable: Readonly<Record<string, string>>;
}

/** What a cluster tells of itself, as far as cluster.yaml has words for it. */
export interface LiveFacts {
  /** Such as 1.34. */
  readonly kubernetes: Asked<string>;
  readonly storageClasses: Asked<readonly LiveClass[]>;
  readonly ingressClasses: Asked<readonly LiveClass[]>;
  readonly runtimeClasses: Asked<readonly string[]>;
  /** Every kind that it serves, as group/version/Kind, the preferred version of a group first. */
  readonly kinds: Asked<readonly string[]>;
  readonly nodes: Asked<readonly LiveNode[]>;
  readonly metricsServer: Asked<boolean>;
}
