import type { Unseen } from './difference.ts';

/** What may hold something of a cluster: what belongs to no cluster looked at may hold anything. */
export function unseenOf(
  cluster: string,
  { unseen, clusters }: { readonly unseen: readonly Unseen[]; readonly clusters: readonly string[] },
) {
  return unseen.filter((one) => one.cluster === cluster || !clusters.includes(one.cluster));
}
