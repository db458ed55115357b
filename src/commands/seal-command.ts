import { type CommandContext, UsageError } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import { checkSelection } from './fleet-names.ts';
import type { SealOptions } from './seal-options.ts';

/** Fills, keeps and rotates what is sealed; one way of working each time. */
export async function sealCommand(name: string | undefined, options: SealOptions, context: CommandContext): Promise<number> {
  const ways = (['status', 'fetchCert', 'rotateCertificate', 'rotate', 'generate'] as const).filter(
    (way) => options[way] === true,
  );
  const [way, other] = ways;
  if (other !== undefined && way !== undefined)
    throw new UsageError(`${flag(way)} and ${flag(other)} are two ways of working`, 'run the command once for each');
  const sources = (['fromEnvFile', 'fromFile', 'stdin'] as const).filter((source) => options[source] !== undefined);
  if ((way === 'status' || way === 'fetchCert') && (sources[0] !== undefined || name !== undefined))
    throw new UsageError(`${flag(way)} takes no ${name === undefined ? 'values' : 'name of a secret'}`);
  const fleet = fleetFolder(options, context);
  checkSelection(options, fleet);
  if (way === 'status') return (await import('./seal-status.ts')).tellSealStatus(fleet, options, context);
  if (way === 'fetchCert') return (await import('./fetch-certificates.ts')).fetchCertificates(fleet, options, context);
  return (await import('./seal-values.ts')).sealValues(fleet, name, way, options, context);
}

function flag(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
