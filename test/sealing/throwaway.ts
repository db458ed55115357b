import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCertificate, type SealingCertificate } from '../../src/sealing/certificate.ts';
import { repository } from '../support/fleet-files.ts';

/** Where a certificate (`.pem`) or private key (`.key`) of the tests lies. */
export function throwawayPath(name: string): string {
  return join(repository, 'test/sealing/certificates', name);
}

export function throwawayText(name: string): string {
  return readFileSync(throwawayPath(name), 'utf8');
}

export function throwawayCertificate(name: string): SealingCertificate {
  const certificate = readCertificate(throwawayText(`${name}.pem`));
  if (certificate === undefined) throw new Error(`${name}.pem is no certificate`);
  return certificate;
}

export function throwawayKey(name: string): KeyObject {
  return createPrivateKey(throwawayText(`${name}.key`));
}
