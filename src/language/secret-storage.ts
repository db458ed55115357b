import * as z from 'zod';
import { dnsLabel, dnsName } from './scalars.ts';

/** What may stand as `${…}` in the path of an external secret; they are names, not expressions. */
const pathWords = ['environment', 'system', 'secret', 'key'];

function namesOnly(path: string): boolean {
  return [...path.matchAll(/\$\{([^}]*)\}?/g)].every((match) => match[0].endsWith('}') && pathWords.includes(match[1] as string));
}

const sealingSchema = () =>
  z.strictObject({
    certificate: z
      .string()
      .refine(
        (text) => text.includes('-----BEGIN ') || /^[\w][\w.-]*\.pem$/.test(text),
        'must be the name of a .pem file beside cluster.yaml, or a certificate as PEM',
      )
      .describe('The certificate of its sealed-secrets controller: a `.pem` file beside cluster.yaml, or the PEM itself'),
    sha256: z
      .string()
      .regex(/^([0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}$/, 'must be a SHA-256 fingerprint: 64 hexadecimal digits, also with colons')
      .optional()
      .describe('Fingerprint that the certificate must have: SHA-256 of its DER form'),
    controller: z
      .strictObject({
        namespace: dnsLabel.optional().describe('By default kube-system'),
        name: dnsName.optional().describe('Of its Service; by default sealed-secrets-controller'),
      })
      .optional()
      .describe('Where the controller runs'),
  });

const externalSecretsSchema = () =>
  z.strictObject({
    store: dnsName.describe('Name of the store that the operator reads'),
    storeKind: z.enum(['ClusterSecretStore', 'SecretStore']).optional().describe('By default ClusterSecretStore'),
    path: z
      .string()
      .min(1)
      .refine(namesOnly, `must name only ${pathWords.map((word) => `\${${word}}`).join(', ')}`)
      .describe(
        'Where the values of a secret lie in the store, with `${environment}`, `${system}` and `${secret}` in it; with `${key}` each key has an entry of its own',
      ),
    refresh: z
      .string()
      .regex(/^(\d+(h|m|s))+$/, 'must be a duration such as 1h or 15m')
      .optional()
      .describe('How often the operator looks for new values; by default 1h'),
  });

/** How a cluster gets the values of secrets. */
export const secretStorageFields = () => ({
  sealing: sealingSchema().optional().describe('What secrets are sealed for'),
  secrets: z
    .enum(['sealed-secrets', 'external-secrets'])
    .optional()
    .describe('Where values come from: sealed in Git (the default), or a store outside that the External Secrets Operator reads'),
  externalSecrets: externalSecretsSchema()
    .optional()
    .describe('With `secrets: external-secrets`: the store, and where values lie in it'),
});

interface SecretStorage {
  readonly secrets?: string | undefined;
  readonly externalSecrets?: object | undefined;
}

export function checkSecretStorage({ secrets, externalSecrets }: SecretStorage, context: z.RefinementCtx): void {
  const refuse = (message: string, word: string) => context.addIssue({ code: 'custom', message, path: [word] });
  if (secrets === 'external-secrets' && externalSecrets === undefined)
    refuse('must come with `externalSecrets: {store: …, path: …}`, which says where the values lie', 'secrets');
  if (secrets !== 'external-secrets' && externalSecrets !== undefined)
    refuse('must come with `secrets: external-secrets`: without it values are sealed in Git', 'externalSecrets');
}
