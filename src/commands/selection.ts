/** `-e` and `-s`: which environments and systems a run is about. */
export interface Selection {
  readonly environment?: readonly string[];
  readonly system?: readonly string[];
}

/** Whether a generated path belongs to what was selected. */
export function selector({ environment = [], system = [] }: Selection): (path: string) => boolean {
  const environmentWanted = (name: string | undefined) =>
    environment.length === 0 || (name !== undefined && environment.includes(name));
  const systemWanted = (name: string | undefined) => system.length === 0 || (name !== undefined && system.includes(name));
  return (path) => {
    const [root, first, second, third] = path.split('/');
    if (root === 'base') return systemWanted(first);
    if (root === 'overlays') return environmentWanted(first) && systemWanted(second);
    // argocd/<cluster>/<environment>/<system>.application.yaml, argocd/<cluster>/root.yaml
    if (third === undefined) return environment.length === 0 && system.length === 0;
    const application = third.endsWith('.application.yaml') ? third.slice(0, -'.application.yaml'.length) : undefined;
    return environmentWanted(second) && (application === undefined ? system.length === 0 : systemWanted(application));
  };
}
