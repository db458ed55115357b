import type { Tracked } from './tracked.ts';

export type PlainObject = Record<string, unknown>;

/** A Kubernetes object that is meant to exist, every field knowing where it came from. */
export interface DesiredObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespaced: boolean;
  /** The component that it belongs to; shared objects belong to none. */
  readonly component: string | undefined;
  /** Names the file that it is written to. */
  readonly topic: string;
  /** A ConfigMap whose name gets a hash of its content, so that a change rolls the pods. */
  readonly hashed: boolean;
  readonly tree: Tracked;
  /** The same without origins; names of hashed ConfigMaps are still bare here. */
  readonly plain: PlainObject;
}

export function objectId(object: Pick<DesiredObject, 'apiVersion' | 'kind' | 'name'>): string {
  return `${object.apiVersion} ${object.kind} ${object.name}`;
}
