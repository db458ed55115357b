import { checkComponents } from './check-components.ts';
import { checkCompositions } from './check-compositions.ts';
import { checkConfigMapReferences } from './check-config-map-references.ts';
import { checkContainerNames } from './check-container-names.ts';
import { checkContainerPorts } from './check-container-ports.ts';
import { checkContainers } from './check-containers.ts';
import { checkCreatedPods } from './check-created-pods.ts';
import { checkCustomResources } from './check-custom-resources.ts';
import { checkDeprecatedKinds } from './check-deprecated-kinds.ts';
import { checkDisruptionBudgets } from './check-disruption-budgets.ts';
import { checkExternalPorts } from './check-external-ports.ts';
import { checkFileModes } from './check-file-modes.ts';
import { checkGpuPools } from './check-gpu-pools.ts';
import { checkHosts } from './check-hosts.ts';
import { checkImages } from './check-images.ts';
import { checkIngressClasses } from './check-ingress-classes.ts';
import { checkInitContainers } from './check-init-containers.ts';
import { checkKubernetesSchema } from './check-kubernetes-schema.ts';
import { checkKubernetesVersion } from './check-kubernetes-version.ts';
import { checkKustomizeAnnotations } from './check-kustomize-annotations.ts';
import { checkLabelValues } from './check-label-values.ts';
import { checkLoadBalancers } from './check-load-balancers.ts';
import { checkMetricsServer } from './check-metrics-server.ts';
import { checkNetworkRanges } from './check-network-ranges.ts';
import { checkNodePorts } from './check-node-ports.ts';
import { checkObjectNames } from './check-object-names.ts';
import { checkPodSecurity } from './check-pod-security.ts';
import { checkPortNames } from './check-port-names.ts';
import { checkProbes } from './check-probes.ts';
import { checkPublishedPorts } from './check-published-ports.ts';
import { checkRenderedPlaintext } from './check-rendered-plaintext.ts';
import { checkRequests } from './check-requests.ts';
import { checkRollouts } from './check-rollouts.ts';
import { checkRootUsers } from './check-root-users.ts';
import { checkRuntimeClasses } from './check-runtime-classes.ts';
import { checkScaling } from './check-scaling.ts';
import { checkSealedScope } from './check-sealed-scope.ts';
import { checkSealedValues } from './check-sealed-values.ts';
import { checkSecretText } from './check-secret-text.ts';
import { checkServicePorts } from './check-service-ports.ts';
import { checkServiceTypes } from './check-service-types.ts';
import { checkSharedIngresses } from './check-shared-ingresses.ts';
import { checkSingleNodeVolumes } from './check-single-node-volumes.ts';
import { checkSpread } from './check-spread.ts';
import { checkStorageClasses } from './check-storage-classes.ts';
import { checkUnsealedSecrets } from './check-unsealed-secrets.ts';
import { checkVariables } from './check-variables.ts';
import { checkVolumeItems } from './check-volume-items.ts';
import { checkVolumeMounts } from './check-volume-mounts.ts';
import { checkWorkloadWords } from './check-workload-words.ts';
import type { Rule } from './rule.ts';

/** Every rule over one system in one environment. */
export const rules: readonly Rule[] = [
  checkKubernetesVersion,
  checkComponents,
  checkWorkloadWords,
  checkCreatedPods,
  checkContainers,
  checkContainerNames,
  checkContainerPorts,
  checkPortNames,
  checkExternalPorts,
  checkProbes,
  checkInitContainers,
  checkServicePorts,
  checkServiceTypes,
  checkPublishedPorts,
  checkVolumeItems,
  checkVolumeMounts,
  checkSharedIngresses,
  checkHosts,
  checkNetworkRanges,
  checkRollouts,
  checkSpread,
  checkScaling,
  checkDisruptionBudgets,
  checkRequests,
  checkVariables,
  checkImages,
  checkFileModes,
  checkPodSecurity,
  checkRootUsers,
  checkObjectNames,
  checkKustomizeAnnotations,
  checkConfigMapReferences,
  checkLabelValues,
  checkSecretText,
  checkSealedValues,
  checkSealedScope,
  checkUnsealedSecrets,
  checkCompositions,
  checkRenderedPlaintext,
  checkKubernetesSchema,
  checkDeprecatedKinds,
  checkCustomResources,
  checkStorageClasses,
  checkSingleNodeVolumes,
  checkIngressClasses,
  checkRuntimeClasses,
  checkGpuPools,
  checkLoadBalancers,
  checkNodePorts,
  checkMetricsServer,
];
