import { createHash, type KeyObject, X509Certificate } from 'node:crypto';

export interface SealingCertificate {
  readonly publicKey: KeyObject;
  /** SHA-256 of the DER, in lower-case hex. */
  readonly fingerprint: string;
  readonly subject: string | undefined;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Of an RSA key; 0 of any other. */
  readonly bits: number;
}

const fewestBits = 2048;
const block = /-----BEGIN CERTIFICATE-----\s([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/;

/** The first certificate of a PEM text, which is the one that the controller and kubeseal use; undefined where there is none. */
export function readCertificate(pem: string): SealingCertificate | undefined {
  const [, base64] = block.exec(pem) ?? [];
  if (base64 === undefined) return undefined;
  const der = Buffer.from(base64, 'base64');
  try {
    const certificate = new X509Certificate(der);
    const notBefore = new Date(certificate.validFrom);
    const notAfter = new Date(certificate.validTo);
    if (!certificate.raw.equals(der) || Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime())) return undefined;
    return {
      publicKey: certificate.publicKey,
      fingerprint: createHash('sha256').update(der).digest('hex'),
      subject: certificate.subject,
      notBefore,
      notAfter,
      bits: certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? 0,
    };
  } catch {
    return undefined;
  }
}

/** How a record names a certificate: enough of its fingerprint to tell those of one cluster apart. */
export function certificateId(certificate: SealingCertificate): string {
  return certificate.fingerprint.slice(0, 16);
}

/**
 * Why nothing must be sealed for a certificate, said of `it`; undefined where nothing speaks against it.
 * It is signed by itself, so a pin is all that tells the cluster's from anybody's: the pin comes first.
 */
export function refuseCertificate(certificate: SealingCertificate, pin: string | undefined, now: Date): string | undefined {
  const pinned = pin?.replaceAll(':', '').toLowerCase();
  if (pinned !== undefined && !/^[0-9a-f]{64}$/.test(pinned)) {
    return `it is held against a pin that is no SHA-256 (64 hex digits, with colons or without): ${pin}`;
  }
  const { publicKey, fingerprint, notBefore, notAfter, bits } = certificate;
  if (pinned !== undefined && pinned !== fingerprint)
    return `its fingerprint is sha256:${fingerprint}, and sha256:${pinned} is pinned`;
  if (publicKey.asymmetricKeyType !== 'rsa') {
    return `it holds a key of type ${publicKey.asymmetricKeyType}, and sealed-secrets works with RSA`;
  }
  if (bits < fewestBits) return `its key has ${bits} bits, and fewer than ${fewestBits} are not safe`;
  if (now < notBefore) return `it is valid from ${dayOf(notBefore)} only`;
  if (now > notAfter) return `it expired on ${dayOf(notAfter)}`;
  return undefined;
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
