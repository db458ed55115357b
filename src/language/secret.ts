import * as z from 'zod';
import { configKey, dnsLabel } from './scalars.ts';

const ways = ['base64', 'hex', 'alphanumeric', 'length', 'keyPair', 'publicKeyOf', 'bcryptOf', 'htpasswd'] as const;

/** Words that only some ways take. */
const companions = {
  alphabet: ['length'],
  bits: ['keyPair'],
  encoding: ['keyPair', 'publicKeyOf'],
  cost: ['bcryptOf', 'htpasswd'],
} as const satisfies Record<string, readonly (typeof ways)[number][]>;

const count = () => z.int().positive().max(65536);

const generateSchema = () =>
  z
    .strictObject({
      base64: count().optional().describe('This many random bytes as base64'),
      hex: count().optional().describe('This many random bytes as hexadecimal digits'),
      alphanumeric: count().optional().describe('This many random letters and digits'),
      length: count().optional().describe('This many random characters of `alphabet`'),
      alphabet: z
        .string()
        .refine((text) => new Set(text).size > 1, 'must have at least two different characters')
        .optional()
        .describe('With `length`: the characters to choose from; by default letters and digits'),
      keyPair: z.enum(['rsa', 'ed25519', 'p256']).optional().describe('A private key as PEM (PKCS#8)'),
      bits: z.int().min(2048).max(8192).optional().describe('With `keyPair: rsa`: its size; by default 3072'),
      publicKeyOf: configKey.optional().describe('The public key, as PEM, of the private key under this key of the same secret'),
      encoding: z.literal('base64').optional().describe('With `keyPair` and `publicKeyOf`: base64 of the PEM'),
      bcryptOf: configKey.optional().describe('The bcrypt hash of the password under this key of the same secret'),
      cost: z.int().min(4).max(16).optional().describe('With `bcryptOf` and `htpasswd`: how slow the hash is; by default 10'),
      htpasswd: z
        .strictObject({
          user: z
            .string()
            .regex(/^[^:\s]+$/, 'must be a name without `:` and spaces')
            .describe('The name that stands before the hash'),
          passwordOf: configKey.describe('The key of the same secret that holds the password'),
        })
        .optional()
        .describe('A line `user:hash` with the bcrypt hash of a password'),
    })
    .superRefine((generate, context) => {
      const said = ways.filter((way) => generate[way] !== undefined);
      const refuse = (message: string, path: string[]) => context.addIssue({ code: 'custom', message, path });
      if (said.length !== 1)
        refuse(`must say exactly one of ${ways.join(', ')}${said.length === 0 ? '' : `, and says ${said.join(' and ')}`}`, []);
      for (const [word, takers] of Object.entries(companions)) {
        if (generate[word as keyof typeof companions] === undefined || takers.some((way) => said.includes(way))) continue;
        refuse(`must stand beside ${takers.map((way) => `\`${way}\``).join(' or ')}`, [word]);
      }
      if (generate.bits !== undefined && generate.keyPair !== undefined && generate.keyPair !== 'rsa')
        refuse(`must stand beside \`keyPair: rsa\`: keys of ${generate.keyPair} have one size`, ['bits']);
    });

const keySchema = () =>
  z
    .strictObject({
      description: z.string().optional().describe('What the value is; `stowage seal` tells it to whoever is asked'),
      default: z.string().optional().describe('A value that is no secret, such as a user name'),
      minLength: z.int().optional().describe('What is sealed must be at least this long'),
      generate: generateSchema().optional().describe('How a value is made up: exactly one way'),
      compose: z
        .string()
        .optional()
        .describe('A text with expressions that is assembled before it is sealed, such as a URL with a password in it'),
    })
    .superRefine((key, context) => {
      const said = (['default', 'generate', 'compose'] as const).filter((word) => key[word] !== undefined);
      if (key.compose !== undefined && said.length > 1)
        context.addIssue({
          code: 'custom',
          message: `must stand alone: it gives the value, and so does ${said.filter((word) => word !== 'compose').join(' and ')}`,
          path: ['compose'],
        });
    });

export const secretSchema = () =>
  z.strictObject({
    name: dnsLabel
      .optional()
      .describe("Name of the Secret; by default the entry's key, with the System's prefix where naming says so"),
    type: z.string().optional().describe('Type of the Secret, such as kubernetes.io/dockerconfigjson; by default Opaque'),
    description: z.string().optional().describe('What it is for, for those who read this file'),
    scope: z
      .enum(['strict', 'namespace-wide', 'cluster-wide'])
      .optional()
      .describe('Where a sealed value can be opened: by this name in this namespace (the default), in this namespace, anywhere'),
    keys: z
      .record(configKey, keySchema())
      .describe('Its keys by name, each with where its value comes from; {} where a person gives it'),
  });

export type SecretDeclaration = z.infer<ReturnType<typeof secretSchema>>;
