/** The one place that knows where generated files lie. */
export const generatedRoots = ['base', 'overlays', 'argocd'] as const;

export function baseFolder(system: string, release: string): string {
  return `base/${system}/${release}`;
}

export function partFolder(system: string, release: string, part: string): string {
  return `${baseFolder(system, release)}/components/${part}`;
}

export function overlayFolder(environment: string, system: string): string {
  return `overlays/${environment}/${system}`;
}

export function argocdFolder(cluster: string): string {
  return `argocd/${cluster}`;
}

/** The way from one folder to another, as kustomize wants it. */
export function relativePath(from: string, to: string): string {
  return `${'../'.repeat(from.split('/').length)}${to}`;
}
