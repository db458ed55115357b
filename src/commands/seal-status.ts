import { formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import { isAmiss, type KeyStatus, type SecretStatus, sealStatus } from '../sealing/seal-status.ts';
import { sealedPath } from '../sealing/sealing-target.ts';
import { type CommandContext, type CommonOptions, exitCodes } from './command-context.ts';
import { sealTable } from './seal-table.ts';
import { sealedFiles } from './sealed-files.ts';
import { statedCertificate } from './sealing-certificate.ts';
import { sealingInputs } from './sealing-targets.ts';
import type { Selection } from './selection.ts';

/** Environments × secrets: what is sealed, what is missing, what would not unseal. */
export async function tellSealStatus(
  fleet: string,
  options: CommonOptions & Selection,
  context: CommandContext,
): Promise<number> {
  const inputs = await sealingInputs(fleet, options, context);
  if (inputs === undefined) return exitCodes.problems;
  const { sealed, broken } = sealedFiles(inputs.files, selectsSealed(options));
  for (const diagnostic of broken) context.err(`${formatDiagnostic(diagnostic, context.palette)}\n\n`);
  const certificates = new Map(
    [...new Set(inputs.targets.map(({ cluster }) => cluster))].map((cluster) => [
      cluster,
      statedCertificate(inputs.files, cluster)?.certificate,
    ]),
  );
  const statuses = inputs.targets
    .map((target) => sealStatus(target, sealed, certificates.get(target.cluster)))
    .filter(({ target, present }) => target.used || present);
  const known = new Set(inputs.targets.map(sealedPath));
  const orphans = [...sealed.keys()].filter((path) => !known.has(path));
  const code = broken.length + orphans.length > 0 || statuses.some(isAmiss) ? exitCodes.problems : exitCodes.clean;
  const now = new Date();
  if (options.json === true) {
    const document = {
      command: 'seal',
      ok: code === exitCodes.clean,
      certificates: [...certificates].map(([cluster, certificate]) => ({
        cluster,
        sha256: certificate?.fingerprint ?? null,
        notAfter: certificate?.notAfter.toISOString() ?? null,
      })),
      secrets: statuses.map(statusToJson),
      unused: orphans,
    };
    context.out(`${JSON.stringify(document, null, 2)}\n`);
  } else context.out(sealTable({ statuses, certificates, orphans, now }, options.quiet === true, context.palette));
  return code;
}

function selectsSealed({ environment = [], system = [] }: Selection): (path: string) => boolean {
  return (path) => {
    const [, , , environmentName = '', systemName = ''] = path.split('/');
    return (
      (environment.length === 0 || environment.includes(environmentName)) && (system.length === 0 || system.includes(systemName))
    );
  };
}

function statusToJson(status: SecretStatus): unknown {
  const { cluster, environment, system, secret, namespace, name, scope, used, external } = status.target;
  return {
    ...{ cluster, environment, system, secret, namespace, name, scope, used, external },
    path: status.path,
    present: status.present,
    otherScope: status.otherScope ?? null,
    amiss: isAmiss(status),
    keys: status.keys.map(({ key, state, since, readers, unread }: KeyStatus) => ({
      ...{ key, state, since: since ?? null, readers, unread },
    })),
  };
}
