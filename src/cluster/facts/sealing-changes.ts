import type { ClusterDocument } from '../../language/cluster.ts';
import type { InputFiles } from '../../model/input-files.ts';
import { readCertificate, type SealingCertificate } from '../../sealing/certificate.ts';
import { type FactChange, valueChange } from './fact-change.ts';

const usualFile = 'sealing.pem';

export interface SealingChanges {
  readonly changes: readonly FactChange[];
  /** Certificates to write, by path below the fleet. */
  readonly files: ReadonlyMap<string, string>;
}

/** The certificate that the controller gives out now, where another one is written or pinned. */
export function sealingChanges(
  folder: string,
  sealing: ClusterDocument['spec']['sealing'],
  files: InputFiles,
  pem: string,
  live: SealingCertificate,
): SealingChanges {
  const stated = sealing?.certificate;
  const pin = sealing?.sha256;
  const pinned = pin !== undefined && pin.replaceAll(':', '').toLowerCase() === live.fingerprint;
  const pinning = pinned ? [] : valueChange(['sealing', 'sha256'], pin, live.fingerprint);
  if (stated?.includes('-----BEGIN ') === true) {
    const before = readCertificate(stated)?.fingerprint;
    if (before === live.fingerprint) return { changes: pinning, files: new Map() };
    const edits = [{ path: ['spec', 'sealing', 'certificate'], value: pem }];
    const change = { field: 'sealing.certificate', ...fingerprint(before), after: shown(live.fingerprint), edits };
    return { changes: [change, ...pinning], files: new Map() };
  }
  const path = `${folder}/${stated ?? usualFile}`;
  const bytes = files.get(path);
  const before = bytes === undefined ? undefined : readCertificate(new TextDecoder().decode(bytes))?.fingerprint;
  const naming = stated === undefined ? valueChange(['sealing', 'certificate'], undefined, usualFile) : [];
  if (before === live.fingerprint) return { changes: [...naming, ...pinning], files: new Map() };
  const content: FactChange = { field: path, ...fingerprint(before), after: shown(live.fingerprint), edits: [] };
  return { changes: [content, ...naming, ...pinning], files: new Map([[path, pem]]) };
}

function fingerprint(before: string | undefined): { readonly before?: string } {
  return before === undefined ? {} : { before: shown(before) };
}

function shown(fingerprint: string): string {
  return `certificate ${fingerprint}`;
}
