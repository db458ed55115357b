import { checkComponents } from './check-components.ts';
import { checkCreatedPods } from './check-created-pods.ts';
import { checkImages } from './check-images.ts';
import { checkKubernetesSchema } from './check-kubernetes-schema.ts';
import { checkKubernetesVersion } from './check-kubernetes-version.ts';
import { checkObjectNames } from './check-object-names.ts';
import { checkPortNames } from './check-port-names.ts';
import { checkScaling } from './check-scaling.ts';
import { checkSecretText } from './check-secret-text.ts';
import { checkVariables } from './check-variables.ts';
import type { Rule } from './rule.ts';

/** Every rule over one system in one environment. */
export const rules: readonly Rule[] = [
  checkKubernetesVersion,
  checkComponents,
  checkCreatedPods,
  checkPortNames,
  checkScaling,
  checkVariables,
  checkImages,
  checkObjectNames,
  checkSecretText,
  checkKubernetesSchema,
];
