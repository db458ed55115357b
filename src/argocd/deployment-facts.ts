import type { FleetDocument, Stage } from '../language/fleet.ts';
import { groupOf } from '../model/api-group.ts';
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

/** What an identity of `SystemFacts.objects` says. */
export function identified(object: string): { group: string; kind: string; namespace: string | undefined } {
  const [apiVersion, kind, place] = object.split(' ') as [string, string, string];
  const namespace = place.slice(0, place.indexOf('/'));
  return { group: groupOf(apiVersion), kind, namespace: namespace === '' ? undefined : namespace };
}
