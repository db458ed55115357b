import type { Any, Kube, Named } from '../servers/kube.ts';
import type { SyncedCluster } from '../support/synced-cluster.ts';

/** What somebody does to a cluster behind the back of the fleet, and what a report should say of it. */
export interface Injection {
  readonly name: string;
  readonly act: (cluster: SyncedCluster) => Promise<unknown>;
  /** Left out where it is nobody's business. */
  readonly reported?: Reported;
}

export interface Reported {
  readonly id: string;
  readonly what: string;
  /** Who is named for it; undefined where nobody can be. */
  readonly by?: string | RegExp;
  /** Where who did it went through a part of the object, such as `scale`. */
  readonly subresource?: string;
  readonly concealed?: true;
}

const groups: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  Job: 'batch/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  SealedSecret: 'bitnami.com/v1alpha1',
  Application: 'argoproj.io/v1alpha1',
  AppProject: 'argoproj.io/v1alpha1',
};

/** `flts Deployment/eval`; what belongs to the whole cluster goes by `- Kind/name`. */
export function named(words: string): Named {
  const [namespace = '', object = ''] = words.split(' ');
  const [kind = '', name = ''] = object.split('/');
  const rbac = kind.includes('Role') ? 'rbac.authorization.k8s.io/v1' : 'v1';
  return { apiVersion: groups[kind] ?? rbac, kind, name, ...(namespace !== '-' && { namespace }) };
}

/** Changes a live object as somebody does who has it open in an editor. */
export async function rewrite(kube: Kube, words: string, change: (object: Any) => void, manager: string): Promise<void> {
  const what = named(words);
  const object = await kube.get(what);
  change(object);
  delete object.metadata.managedFields;
  await kube.ask('PUT', `${await kube.path(what)}?fieldManager=${manager}`, { body: object });
}
