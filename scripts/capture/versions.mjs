// Newest patch of each minor that the module proxy served when the data was captured.
export const kubernetesVersions = {
  1.29: 'v1.29.6',
  '1.30': 'v1.30.14',
  1.31: 'v1.31.14',
  1.32: 'v1.32.13',
  1.33: 'v1.33.13',
  1.34: 'v1.34.4',
  1.35: 'v1.35.4',
  1.36: 'v1.36.3',
};

// Old releases still describe kinds whose Go types newer releases deleted; later entries win.
export const lifecycleModules = ['k8s.io/api@v0.29.6', 'k8s.io/api@v0.36.3'];

export const customResourceModules = [
  {
    module: 'github.com/argoproj/argo-cd/v3@v3.2.11',
    folder: 'manifests/crds',
    files: ['application-crd.yaml', 'appproject-crd.yaml'],
  },
  {
    module: 'github.com/cert-manager/cert-manager@v1.21.2',
    folder: 'deploy/crds',
    files: ['cert-manager.io_certificates.yaml', 'cert-manager.io_issuers.yaml', 'cert-manager.io_clusterissuers.yaml'],
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    folder: 'example/prometheus-operator-crd',
    files: [
      'monitoring.coreos.com_servicemonitors.yaml',
      'monitoring.coreos.com_podmonitors.yaml',
      'monitoring.coreos.com_prometheusrules.yaml',
    ],
  },
  {
    module: 'github.com/bitnami-labs/sealed-secrets@v0.36.0',
    folder: 'helm/sealed-secrets/crds',
    files: ['bitnami.com_sealedsecrets.yaml'],
  },
  {
    module: 'github.com/external-secrets/external-secrets@v1.3.2',
    folder: 'config/crds/bases',
    files: [
      'external-secrets.io_externalsecrets.yaml',
      'external-secrets.io_secretstores.yaml',
      'external-secrets.io_clustersecretstores.yaml',
    ],
  },
];
