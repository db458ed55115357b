import type { Report } from '../diagnostics/diagnostic.ts';
import { applicationName, rootName } from '../model/argocd-names.ts';
import { overlayFolder } from '../model/output-paths.ts';
import type { Deployed } from './check-across.ts';

/**
 * Argo CD knows an Application or a project by its name alone, and one Argo CD may deploy to all clusters: environment
 * `prod` with system `eu-shop` and environment `prod-eu` with system `shop` would be one Application.
 */
export function checkArgocdNames(deployed: readonly Deployed[], clusters: readonly string[], report: Report): void {
  const roots = new Map(clusters.map((cluster) => [rootName(cluster), cluster]));
  const applications = new Map<string, Deployed>();
  const toldProjects = new Set<string>();
  for (const one of deployed) {
    const { system } = one.facts;
    const name = applicationName(one.environment, system);
    const other = applications.get(name);
    const [root, project] = [roots.get(name), roots.get(one.environment)];
    const refuse = (message: string, hint: string, others: readonly Deployed[] = []) =>
      report({
        code: 'name-conflict',
        severity: 'error',
        message,
        place: one.place(),
        related: others.map(({ place }) => ({ place: place(), message: 'the other one' })),
        overlays: [one, ...others].map(({ environment, facts }) => overlayFolder(environment, facts.system)),
        hint,
      });
    if (other === undefined) applications.set(name, one);
    else
      refuse(
        `${system} in ${one.environment} and ${other.facts.system} in ${other.environment} would both be Application ${name}`,
        'Argo CD tells them apart by that name alone: give an environment or a System another name',
        [other],
      );
    if (root !== undefined)
      refuse(
        `${system} in ${one.environment} would be Application ${name}, which is the app-of-apps of cluster ${root}`,
        'give the environment or the System another name',
      );
    if (project !== undefined && !toldProjects.has(one.environment)) {
      toldProjects.add(one.environment);
      refuse(
        `environment ${one.environment} would have the AppProject of the app-of-apps of cluster ${project}`,
        'give the environment another name',
      );
    }
  }
}
