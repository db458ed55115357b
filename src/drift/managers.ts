import type { Owner } from './difference.ts';

/** The names under which Argo CD writes what it deploys. */
export const usualDeployer = 'argocd-controller';
const deployers = new Set([usualDeployer, 'argocd-application-controller']);

/** Tools in the hands of people; what a program of one's own is called by default counts too. */
const tools =
  /^(kubectl|oc(-|$)|helm|k9s|lens|openlens|freelens|headlamp|octant|dashboard|mozilla|curl|wget|python|ruby|node(-fetch)?$|go-http-client|terraform|hashicorp|pulumi|ansible|argocd(-server)?$|stowage|unknown)/i;

/** How programs are called that keep a cluster going by themselves. */
const programs = /(controller|operator|manager|scheduler|autoscaler|provisioner|kubelet|apiserver|webhook|injector)/i;

export type Hand = 'deployer' | 'person' | 'program' | 'other';

/** Whose hand a manager is. Parts of Kubernetes write statuses and scale; only people are called by their tools. */
export function handOf({ manager }: Owner): Hand {
  if (deployers.has(manager)) return 'deployer';
  if (programs.test(manager)) return 'program';
  return tools.test(manager) ? 'person' : 'other';
}
