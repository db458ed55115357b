import { compareText } from '../diagnostics/sort-diagnostics.ts';
import type { FleetDocument, Stage } from '../language/fleet.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import type { Freeze, SystemFacts } from '../model/system-facts.ts';

/** The environment as Argo CD sees it. */
export interface EnvironmentFacts {
  readonly name: string;
  readonly cluster: string;
  readonly stage: Stage;
  readonly destination: { readonly server?: string | undefined; readonly name?: string | undefined };
  readonly freeze: readonly Freeze[];
  readonly systems: readonly SystemFacts[];
}

export interface Repository {
  readonly url: string;
  readonly branch: string;
  readonly path: string;
  readonly argocdNamespace: string;
}

export function repositoryOf(spec: FleetDocument['spec']): Repository {
  return {
    url: spec.repository.url,
    branch: spec.repository.branch ?? 'main',
    path: (spec.repository.path ?? '').replace(/^\/+|\/+$/g, ''),
    argocdNamespace: spec.argocd?.namespace ?? 'argocd',
  };
}

export function inRepository(repository: Repository, folder: string): string {
  return repository.path === '' ? folder : `${repository.path}/${folder}`;
}

export function kindsOf(objects: readonly DesiredObject[]): string[] {
  const kinds = objects.map((object) => `${object.namespaced ? '' : 'cluster:'}${groupOf(object.apiVersion)}/${object.kind}`);
  return [...new Set(kinds)].sort(compareText);
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] as string) : '';
}
