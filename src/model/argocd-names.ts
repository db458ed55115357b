/** Of the Application of one system in one environment. */
export function applicationName(environment: string, system: string): string {
  return `${environment}-${system}`;
}

/** Of the Application that takes what runs on a cluster, and of its project. */
export function rootName(cluster: string): string {
  return `root-${cluster}`;
}
