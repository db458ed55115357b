import type { KubeConfig } from '@kubernetes/client-node';
import { orUnknown } from '../cluster/facts/ask.ts';
import type { Asked, LiveFacts } from '../cluster/facts/live-facts.ts';
import { fetchCertificate } from '../cluster/fetch-certificate.ts';
import type { Cluster } from '../read/read-documents.ts';
import { readCertificate, refuseCertificate, type SealingCertificate } from '../sealing/certificate.ts';

export interface LiveCertificate {
  readonly pem: string;
  readonly certificate: SealingCertificate;
}

const sealedSecret = /^bitnami\.com\/[^/]+\/SealedSecret$/;

/** That of the controller, where the cluster has one or is said to; undefined where nothing is sealed for it. */
export async function askCertificate(
  config: KubeConfig,
  { document }: Cluster,
  { kinds }: LiveFacts,
  signal: AbortSignal,
): Promise<Asked<LiveCertificate> | undefined> {
  const spec = document.value.spec.value;
  const sealing = spec.sealing?.value;
  const unseals = 'value' in kinds && kinds.value.some((id) => sealedSecret.test(id));
  if (spec.secrets?.value === 'external-secrets' || (sealing === undefined && !unseals)) return undefined;
  const controller = {
    namespace: sealing?.controller?.value.namespace?.value ?? 'kube-system',
    name: sealing?.controller?.value.name?.value ?? 'sealed-secrets-controller',
  };
  const who = `${controller.namespace}/${controller.name}`;
  return orUnknown(
    fetchCertificate(config, controller, signal).then((pem): Asked<LiveCertificate> => {
      const certificate = readCertificate(pem);
      if (certificate === undefined) return { unknown: `${who} gave out something that is no certificate` };
      // The pin is what may be another: everything else must be as for any certificate.
      const refusal = refuseCertificate(certificate, undefined, new Date());
      return refusal === undefined
        ? { value: { pem, certificate } }
        : { unknown: `the certificate that ${who} gives out is refused: ${refusal}` };
    }),
  );
}
