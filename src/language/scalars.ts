import * as z from 'zod';

/**
 * Every schema of the language exists twice from one definition: as people write it, where `${…}` may
 * stand for a value of any type, and as it is after evaluation, where it may not.
 */
export type Mode = 'written' | 'evaluated';

// Each schema checks a few values: compiling checkers for them costs more than it saves.
z.config({ jitless: true });

const expression = z.string().regex(/\$\{/).describe('A CEL expression: ${…}');

export interface Language {
  readonly mode: Mode;
  /** A value that may also be written as an expression; the static type is the evaluated one. */
  readonly value: <Schema extends z.ZodType>(schema: Schema) => Schema;
}

export function language(mode: Mode): Language {
  return {
    mode,
    value: (schema) => (mode === 'written' ? (z.union([schema, expression]) as unknown as typeof schema) : schema),
  };
}

export const dnsLabel = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'must be a DNS-1123 label: lower-case letters, digits and `-`, starting and ending with a letter or digit',
  )
  .max(63);

export const dnsName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, 'must be a DNS name')
  .max(253);

/** Of an Ingress: `*` stands for one label, and nothing else may hold one. */
export const servedHost = z
  .string()
  .regex(
    /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    'must be a DNS name, or one behind `*.` such as *.example.com',
  )
  .max(253);

/** Outside there are names that Kubernetes would not take. */
export const hostName = z
  .string()
  .regex(/^[A-Za-z0-9_]([-A-Za-z0-9_.]*[A-Za-z0-9_])?\.?$/, 'must be the name of a host such as db.example.com, and that alone')
  .max(253);

export const versionName = z
  .string()
  .regex(
    /^[a-zA-Z0-9]([-a-zA-Z0-9._]*[a-zA-Z0-9])?$/,
    'must be letters, digits, `.`, `-` and `_`, starting and ending with a letter or digit',
  )
  .max(63);

export const identifier = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_-]*$/, 'must start with a letter and go on with letters, digits, `_` and `-`')
  .max(63);

export const environmentVariable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, 'must be a name that Kubernetes takes for an environment variable');
export const configKey = z
  .string()
  .regex(/^[-._a-zA-Z0-9]+$/, 'must be letters, digits, `-`, `_` and `.`')
  .max(253);
export const labelKey = z
  .string()
  .regex(/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/, 'must be a label key')
  .max(317);
export const labelValue = z
  .string()
  .regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/, 'must be a label value')
  .max(63);
export const absolutePath = z.string().startsWith('/', 'must begin with `/`');
export const webAddress = z.url({ protocol: /^https?$/, error: 'must be a URL such as https://git.example.com' });
export const annotations = z.record(labelKey, z.string());
export const labels = z.record(labelKey, labelValue);
/** Of objects that selectors look for: by another name, or as part of another System, none would be found. */
export const labelsOfSelected = z.record(
  labelKey.regex(/^(?!app\.kubernetes\.io\/(name|part-of)$)/, 'must be left as Stowage writes it, since selectors go by it'),
  labelValue,
);

const amount = String.raw`([0-9]+|[0-9]+\.[0-9]*|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?`;

/** Kubernetes reads a quantity below zero, and then nothing takes it. */
export const quantity = z.union([
  z.string().regex(new RegExp(`^\\+?${amount}$`), 'must be a quantity such as 500m, 2 or 1Gi, and not below zero'),
  z.number().nonnegative(),
]);
/** A volume of no size is refused. */
export const quantityAboveZero = z.union([
  z.string().regex(new RegExp(`^\\+?(?=[0.]*[1-9])${amount}$`), 'must be a quantity above zero, such as 500Mi or 1Gi'),
  z.number().positive(),
]);
export const port = z.int().min(1).max(65535);
/** As IANA names services. */
export const portName = z
  .string()
  .regex(
    /^(?!.*--)(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'must be the name of a port: lower-case letters, digits and single `-` between them, with at least one letter',
  )
  .max(15);
export const countOrPercent = z.union([
  z.int().nonnegative(),
  z.string().regex(/^0*([0-9]{1,2}|100)%$/, 'must be a number or a percentage up to 100%'),
]);
export const accessMode = z.enum(['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod']);
export const cidr = z.string().regex(either(z.regexes.cidrv4, z.regexes.cidrv6), 'must be a CIDR such as 10.20.0.0/24');
export const ipAddress = z.string().regex(either(z.regexes.ipv4, z.regexes.ipv6), 'must be an IP address such as 10.20.0.7');
export const anything = z.unknown();
/** Kubernetes' own shape, passed through; the OpenAPI check of the cluster's version looks at it later. */
export const kubernetesObject = z.record(z.string(), anything);

/** One text of either form: a union would tell of both. */
function either(one: RegExp, other: RegExp): RegExp {
  return new RegExp(`${one.source}|${other.source}`);
}
