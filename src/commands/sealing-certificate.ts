import type { InputFiles } from '../model/input-files.ts';
import { readCluster } from '../read/read-documents.ts';
import { sortInputs } from '../read/sort-inputs.ts';
import { readCertificate, refuseCertificate, type SealingCertificate } from '../sealing/certificate.ts';
import { Failure } from '../store/fail.ts';
import { UsageError } from './command-context.ts';

/** The certificate that a cluster's secrets are sealed for, if it says one; pinned or not. */
export function statedCertificate(
  files: InputFiles,
  name: string,
): { readonly certificate: SealingCertificate; readonly pin: string | undefined } | undefined {
  const inputs = sortInputs(files, () => {});
  const input = inputs.clusters.find((cluster) => cluster.name === name);
  const cluster = input === undefined ? undefined : readCluster(files, input, () => {});
  const certificate = cluster?.certificate === undefined ? undefined : readCertificate(cluster.certificate.value);
  if (cluster === undefined || certificate === undefined) return undefined;
  return { certificate, pin: cluster.document.value.spec.value.sealing?.value.sha256?.value };
}

/** The same, refused where sealing for it would be for nothing, or for somebody else. */
export function sealingCertificate(files: InputFiles, cluster: string, now: Date): SealingCertificate {
  const stated = statedCertificate(files, cluster);
  const document = `clusters/${cluster}/cluster.yaml`;
  if (stated === undefined)
    throw new UsageError(
      `${document} has no certificate to seal for`,
      `\`stowage seal --fetch-cert\` gets the one of its controller; then write sealing: { certificate: …, sha256: … }`,
    );
  const { certificate, pin } = stated;
  if (pin === undefined)
    throw new UsageError(
      `the certificate in ${document} is not pinned, so anybody could have put it there`,
      `compare it with the controller's and write sha256: ${certificate.fingerprint}`,
    );
  const refusal = refuseCertificate(certificate, pin, now);
  if (refusal !== undefined)
    throw new Failure(
      `the certificate of cluster ${cluster} cannot be used: ${refusal}`,
      '`stowage seal --fetch-cert` gets the current one',
    );
  return certificate;
}
