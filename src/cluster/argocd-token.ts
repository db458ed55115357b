const common = 'ARGOCD_AUTH_TOKEN';

export interface ArgocdToken {
  readonly value: string;
  readonly variable: string;
}

/** That of the cluster where it has one of its own; empty is none, as CI sets a secret that is missing. */
export function argocdToken(environment: NodeJS.ProcessEnv, cluster: string): ArgocdToken | undefined {
  for (const variable of [variableOf(cluster), common]) {
    const value = environment[variable]?.trim();
    if (value) return { value, variable };
  }
  return undefined;
}

export function argocdTokenNames(cluster: string): string {
  return `${common}, or ${variableOf(cluster)} for this cluster alone`;
}

function variableOf(cluster: string): string {
  return `${common}_${cluster.toUpperCase().replaceAll('-', '_')}`;
}
