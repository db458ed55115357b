import { fetchCertificate } from '../cluster/fetch-certificate.ts';
import { loadKubeConfig } from '../cluster/kube-config.ts';
import { readCluster } from '../read/read-documents.ts';
import { sortInputs } from '../read/sort-inputs.ts';
import { readCertificate, refuseCertificate } from '../sealing/certificate.ts';
import { Failure } from '../store/fail.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import { writeInputs } from '../store/write-inputs.ts';
import { contextOf } from './cluster-context.ts';
import { type CommandContext, exitCodes, UsageError } from './command-context.ts';
import type { SealOptions } from './seal-options.ts';

const usualFile = 'sealing.pem';

/** Puts a controller's current certificate beside cluster.yaml, unless another one is pinned there. */
export async function fetchCertificates(fleet: string, options: SealOptions, context: CommandContext): Promise<number> {
  const inputs = sortInputs(
    gatherInputs(fleet, () => {}),
    () => {},
  );
  const wanted = new Set(
    inputs.environments
      .filter(({ name }) => options.environment === undefined || options.environment.includes(name))
      .map(({ cluster }) => cluster),
  );
  const [only, another] = wanted;
  if (only === undefined || another !== undefined)
    throw new UsageError('say which cluster by one of its environments', 'as in stowage seal --fetch-cert -e prod-eu');
  const input = inputs.clusters.find(({ name }) => name === only);
  const cluster = input === undefined ? undefined : readCluster(inputs.files, input, () => {});
  const document = `clusters/${only}/cluster.yaml`;
  if (cluster === undefined) throw new Failure(`${document} has problems`, '`stowage compile --check` tells them');
  const sealing = cluster.document.value.spec.value.sealing?.value;
  const controller = {
    namespace: sealing?.controller?.value.namespace?.value ?? 'kube-system',
    name: sealing?.controller?.value.name?.value ?? 'sealed-secrets-controller',
  };
  const config = await loadKubeConfig(contextOf(cluster, options.context, context.environment));
  const pem = await fetchCertificate(config, controller, context.signal);
  const certificate = readCertificate(pem);
  if (certificate === undefined)
    throw new Failure(`${controller.namespace}/${controller.name} gave out something that is no certificate`);
  const pin = sealing?.sha256?.value;
  const refusal = refuseCertificate(certificate, pin, new Date());
  if (refusal !== undefined)
    throw new Failure(
      `the certificate that ${controller.namespace}/${controller.name} gives out is refused: ${refusal}`,
      `if the controller has a new one, write sha256: ${certificate.fingerprint} in ${document} and run this again`,
    );
  const stated = sealing?.certificate.value;
  const inline = stated?.includes('-----BEGIN ') === true;
  const path = `clusters/${only}/${stated === undefined || inline ? usualFile : stated}`;
  const before = inputs.files.get(path);
  const changed = before === undefined || Buffer.from(before).toString('utf8') !== pem;
  if (changed) writeInputs(fleet, new Map([[path, pem]]), inputs.files);
  const missing = [
    ...(pin === undefined ? [`sha256: ${certificate.fingerprint}`] : []),
    ...(stated === undefined || inline ? [`certificate: ${usualFile}`] : []),
  ];
  if (options.json === true) {
    const result = {
      command: 'seal',
      ok: true,
      cluster: only,
      path,
      written: changed,
      sha256: certificate.fingerprint,
      notAfter: certificate.notAfter.toISOString(),
      toSay: missing,
    };
    context.out(`${JSON.stringify(result, null, 2)}\n`);
  } else if (options.quiet !== true) {
    context.out(
      `${path}: ${changed ? 'written' : 'unchanged'}, valid until ${certificate.notAfter.toISOString().slice(0, 10)}, SHA-256 ${certificate.fingerprint}\n`,
    );
    if (missing.length > 0)
      context.out(
        `compare the fingerprint with the controller's own, then say in ${document}:\n  sealing: { ${missing.join(', ')} }\n`,
      );
  }
  return exitCodes.clean;
}
