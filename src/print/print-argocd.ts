import { appProject } from '../argocd/app-project.ts';
import { application, applicationWaves } from '../argocd/application.ts';
import type { EnvironmentFacts, Repository } from '../argocd/deployment-facts.ts';
import { root } from '../argocd/root.ts';
import { argocdFolder } from '../model/output-paths.ts';
import { printDocuments, printYaml } from '../model/print-yaml.ts';
import { withHeader } from './header.ts';

export function printEnvironment(environment: EnvironmentFacts, repository: Repository, source: string): Map<string, string> {
  const folder = `${argocdFolder(environment.cluster)}/${environment.name}`;
  const waves = applicationWaves(environment.systems);
  const files = new Map([[`${folder}/project.yaml`, withHeader(source, printYaml(appProject(environment, repository)))]]);
  for (const facts of environment.systems) {
    files.set(
      `${folder}/${facts.system}.application.yaml`,
      withHeader(source, printYaml(application(environment, facts, waves.get(facts.system) ?? 0, repository))),
    );
  }
  return files;
}

export function printRoot(cluster: string, repository: Repository, source: string): Map<string, string> {
  return new Map([[`${argocdFolder(cluster)}/root.yaml`, withHeader(source, printDocuments(root(cluster, repository)))]]);
}
