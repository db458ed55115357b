import type { SystemSettings } from '../language/environment.ts';
import type { Tracked } from '../model/tracked.ts';
import type { ClusterFacts } from './cluster-facts.ts';

/** Where a System is resolved: an environment, or for its base nowhere in particular. */
export interface Setting {
  readonly cluster: ClusterFacts;
  readonly environment?: {
    readonly name: string;
    readonly stage: string;
    readonly settings: Tracked<SystemSettings>;
    readonly labels: Tracked<Record<string, string>> | undefined;
    /** The namespace that systems share which name none of their own, and whether this one makes it. */
    readonly namespace: Tracked<string> | undefined;
    readonly createsNamespace: boolean;
    readonly sealed: ReadonlyMap<string, Tracked>;
    /** Whether rules of the System are to take every key for sealed. */
    readonly assumeSealed?: boolean | undefined;
  };
  /** Parts that are on in a base variant; in an environment the description decides. */
  readonly parts?: ReadonlySet<string>;
}

/** The part of a System that an optional ingress is. */
export function ingressPart(component: string): string {
  return `${component}-ingress`;
}
