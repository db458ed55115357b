// The servers of the cluster tests, for a benchmark in plain JavaScript, which bundles this first.

export { installCluster } from '../test/cluster/install-cluster.ts';
export { findKubectl } from '../test/cluster/servers/kubectl.ts';
export { startApi } from '../test/cluster/servers/start-cluster.ts';
