/** How a value is made: one of these ways, as a System declares it. KEY names another key of the same secret. */
export interface Generate {
  /** This many random bytes, printed as base64. */
  readonly base64?: number | undefined;
  /** This many random bytes, printed as hex. */
  readonly hex?: number | undefined;
  /** This many letters and digits. */
  readonly alphanumeric?: number | undefined;
  /** This many characters of the alphabet, which is letters and digits unless it is given. */
  readonly length?: number | undefined;
  readonly alphabet?: string | undefined;
  /** The private key of a new pair, as PKCS#8 PEM. */
  readonly keyPair?: KeyPair | undefined;
  /** Of an RSA key. */
  readonly bits?: number | undefined;
  /** The public key of the private key in KEY, as SPKI PEM. */
  readonly publicKeyOf?: string | undefined;
  /** Of keys: the PEM once more in base64, for a variable that holds one line. */
  readonly encoding?: 'base64' | undefined;
  /** The bcrypt hash of the password in KEY. */
  readonly bcryptOf?: string | undefined;
  readonly cost?: number | undefined;
  /** A line `user:hash` of an htpasswd file. */
  readonly htpasswd?: { readonly user: string; readonly passwordOf: string } | undefined;
}

export type KeyPair = 'rsa' | 'ed25519' | 'p256';

/** A value, or the key whose value is needed first, or why there can be none; neither says anything of a value. */
export type Generated = { readonly value: Buffer } | { readonly missing: string } | { readonly refused: string };

export type Siblings = (key: string) => Uint8Array | undefined;

/** The key that a value is made from. */
export function sourceOf(how: Generate): string | undefined {
  return how.publicKeyOf ?? how.bcryptOf ?? how.htpasswd?.passwordOf;
}
