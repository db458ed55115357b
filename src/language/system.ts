import * as z from 'zod';
import { componentSchema } from './component.ts';
import { groupedEnvironmentSchema } from './container.ts';
import { dnsLabel, identifier, kubernetesObject, type Language, language } from './scalars.ts';
import { secretSchema } from './secret.ts';
import { configName, configSchema } from './volumes.ts';
import { waiversSchema } from './waiver.ts';

export const apiVersion = z.literal('stowage.dev/v1').describe('Version of this language');

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

const parameterSchema = () =>
  z.strictObject({
    type: z
      .enum(['string', 'integer', 'number', 'boolean', 'array', 'object'])
      .describe('Type of its value; an array is a list, an object a map'),
    default: z.unknown().optional().describe('May be an expression; without one, every environment must give a value'),
    description: z.string().optional().describe('What it sets; shown beside a value that is refused'),
    enum: z.array(z.unknown()).optional().describe('The only values that it takes'),
    minimum: z.number().optional().describe('The least that a number may be'),
    maximum: z.number().optional().describe('The most that a number may be'),
    minLength: z.int().optional().describe('The fewest characters that a text may have'),
    maxLength: z.int().optional().describe('The most characters that a text may have'),
    pattern: z
      .string()
      .refine(isPattern, 'must be a regular expression')
      .optional()
      .describe('A regular expression that a text must match somewhere'),
    promote: z
      .enum(['carry', 'hold', 'local'])
      .optional()
      .describe(
        'What promotion does with it: carry it along, stop for a person, or leave each environment its own; by default hold',
      ),
  });

const requiresSchema = () =>
  z.strictObject({
    kubernetes: z
      .string()
      .regex(/^(>=|>|<=|<|=)?\s*\d+\.\d+(\s+(>=|>|<=|<|=)\s*\d+\.\d+)*$/, 'must be a range such as ">=1.24" or ">=1.24 <1.36"')
      .optional()
      .describe('Versions of Kubernetes that it runs on, such as ">=1.24 <1.36"; by default any'),
    customResources: z
      .array(
        z.strictObject({
          apiVersion: z.string().describe('Its group and version, such as cert-manager.io/v1'),
          kind: z.string().describe('Its kind, such as Certificate'),
          scope: z
            .enum(['Namespaced', 'Cluster'])
            .optional()
            .describe('Whether its objects lie in a namespace; by default Namespaced'),
        }),
      )
      .optional()
      .describe('Custom resources that this System cannot do without: every cluster that it runs on must list them'),
  });

const validationSchema = () =>
  z.strictObject({
    rule: z
      .string()
      .describe(
        'CEL over parameters, components (all of them, also those that are off), config, secrets, environment and cluster; must be true',
      ),
    message: z.string().describe('What a person reads where the rule does not hold'),
    at: z.string().optional().describe('The field to blame, such as components.web.ingress'),
  });

/** What a System, a profile and an environment may all say, in the same words. */
export function layerFields(language: Language) {
  return {
    parameters: z
      .record(identifier, z.unknown())
      .optional()
      .describe('Values of parameters that the System declares; may be expressions'),
    env: z
      .record(dnsLabel, groupedEnvironmentSchema(language))
      .optional()
      .describe('Changes to groups of environment variables of the System'),
    config: z.record(configName, configSchema(language)).optional().describe('Changes to config files of the System'),
    // By far the largest schema, and built when there are components to check.
    components: z
      .record(
        dnsLabel,
        z.lazy(() => componentSchema(language)),
      )
      .optional()
      .describe('Changes to components of the System, in the same words'),
    objects: z
      .record(identifier, kubernetesObject)
      .optional()
      .describe('Whole Kubernetes objects, new ones or changes to those of the System'),
  };
}

export function systemSchema(mode: 'written' | 'evaluated') {
  const words = language(mode);
  const layer = layerFields(words);
  return z
    .strictObject({
      apiVersion,
      kind: z.literal('System').describe('Which kind of document this is'),
      metadata: z
        .strictObject({ name: dnsLabel.describe('Name of the System; the same as its folder') })
        .describe('What identifies the document'),
      spec: z
        .strictObject({
          description: z.string().optional().describe('What it is, for those who read this file'),
          naming: z.enum(['prefixed', 'plain']).optional().describe('prefixed: thunderline-web; plain: web. By default prefixed'),
          namespace: dnsLabel
            .optional()
            .describe("Default namespace; an environment may say another. By default the System's name"),
          requires: requiresSchema().optional().describe('What it requires of a cluster'),
          parameters: z
            .record(identifier, parameterSchema())
            .optional()
            .describe('Typed settings that profiles and environments may change'),
          secrets: z
            .record(dnsLabel, secretSchema())
            .optional()
            .describe('Secrets by name and key; values are sealed per environment and never written here'),
          env: layer.env.describe('Groups of environment variables that components take by name'),
          config: layer.config.describe('Config files: each entry is a ConfigMap'),
          components: z.record(dnsLabel, componentSchema(words)).describe('The workloads, each with all that belongs to it'),
          objects: layer.objects.describe('Whole Kubernetes objects, for what the language has no words for'),
          validations: z
            .array(validationSchema())
            .optional()
            .describe("What must be refused, in the words of Kubernetes' CRD validation rules"),
          notSecret: waiversSchema().optional().describe('What looks like a secret in this System and is none'),
          irreversible: z
            .record(identifier, z.string().min(1))
            .optional()
            .describe(
              'Changes of data that older releases cannot live with, by name, each with what it does; a rollback over one stops. Kept in later releases',
            ),
          profiles: z
            .record(identifier, z.strictObject({ description: z.string().optional().describe('What it is for'), ...layer }))
            .optional()
            .describe('Named sets of choices, in the same words as the System'),
        })
        .describe('What the System consists of and what may be changed about it'),
    })
    .describe('A product to deploy, described once');
}

export type SystemDocument = z.infer<ReturnType<typeof systemSchema>>;
export type ParameterDeclaration = z.infer<ReturnType<typeof parameterSchema>>;
