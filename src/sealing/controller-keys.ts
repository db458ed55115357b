import { createPrivateKey, type KeyObject } from 'node:crypto';

/** The keys that were found, and what was no key, in words that name where it stood and nothing of it. */
export interface ControllerKeys {
  readonly keys: readonly KeyObject[];
  readonly problems: readonly string[];
}

const block = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?-----END \1-----/g;

/** Every private key of a PEM text. */
export function keysOfPem(text: string): ControllerKeys {
  const blocks = text.match(block) ?? [];
  if (blocks.length === 0) return { keys: [], problems: ['there is no private key in PEM'] };
  return join(blocks.map((pem, index) => readKey(pem, `private key ${index + 1}`)));
}

/**
 * The keys of the Secrets in which a controller keeps them: a Secret, a List of them, or several documents, as
 * `kubectl get secret -l sealedsecrets.bitnami.com/sealed-secrets-key -o yaml` prints them. Old ones count: what
 * was sealed for them opens with nothing else.
 */
export function keysOfSecrets(tree: unknown): ControllerKeys {
  if (Array.isArray(tree)) return join(tree.map(keysOfSecrets));
  const { items, metadata, data } = mapOf(tree);
  if (Array.isArray(items)) {
    return items.length > 0 ? join(items.map(keysOfSecrets)) : { keys: [], problems: ['the list of Secrets is empty'] };
  }
  const name = mapOf(metadata).name;
  const place = typeof name === 'string' ? `the Secret ${name}` : 'a document';
  const key = mapOf(data)['tls.key'];
  if (typeof key !== 'string')
    return { keys: [], problems: [`${place} has no data["tls.key"], where a controller keeps its key`] };
  const { keys } = keysOfPem(Buffer.from(key, 'base64').toString());
  return keys.length > 0
    ? { keys, problems: [] }
    : { keys, problems: [`data["tls.key"] of ${place} is no RSA private key in PEM`] };
}

function readKey(pem: string, place: string): ControllerKeys {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa') return { keys: [key], problems: [] };
    return { keys: [], problems: [`${place} is of type ${key.asymmetricKeyType}, and sealed-secrets works with RSA`] };
  } catch {
    return { keys: [], problems: [`${place} cannot be read; one with a passphrase must be decrypted first`] };
  }
}

function join(all: readonly ControllerKeys[]): ControllerKeys {
  return { keys: all.flatMap(({ keys }) => keys), problems: all.flatMap(({ problems }) => problems) };
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
