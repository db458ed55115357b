import type { Report } from '../diagnostics/diagnostic.ts';
import { placeOf } from '../model/origin.ts';
import type { Cluster } from '../read/read-documents.ts';
import { readCertificate, refuseCertificate } from '../sealing/certificate.ts';

/** What is wrong with a certificate at any time; that it has expired is told by who seals for it. */
export function checkSealingCertificate({ certificate: pem, document }: Cluster, report: Report): void {
  const place = pem === undefined ? undefined : placeOf(pem.origin);
  if (pem === undefined || place === undefined) return;
  const complain = (message: string, hint: string) =>
    report({ code: 'sealing-certificate', severity: 'error', message, place, hint });
  const certificate = readCertificate(pem.value);
  const fetch = 'fetch the certificate from the controller, with `stowage seal --fetch-cert`';
  if (certificate === undefined) {
    complain('this is no certificate: there is none in PEM form in it', fetch);
    return;
  }
  const pin = document.value.spec.value.sealing?.value.sha256;
  const refused = refuseCertificate(certificate, pin?.value, certificate.notBefore);
  if (refused !== undefined)
    complain(`nothing must be sealed for this certificate: ${refused}`, `${fetch}, and compare its fingerprint on the cluster`);
}
