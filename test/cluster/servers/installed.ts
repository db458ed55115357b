/** The folder of each part, as `scripts/install-cluster.sh` prints them. */
export type Installed = Readonly<
  Record<
    'kubernetes' | 'oldest-kubernetes' | 'etcd' | 'kwok' | 'sealed-secrets' | 'argocd' | 'cert-manager' | 'prometheus-operator',
    string
  >
>;
