import type { FactChange } from '../cluster/facts/fact-change.ts';
import { factChanges, type UnknownFact, unknownFacts } from '../cluster/facts/fact-changes.ts';
import type { Asked, LiveFacts } from '../cluster/facts/live-facts.ts';
import { sealingChanges } from '../cluster/facts/sealing-changes.ts';
import { editYaml } from '../edit/edit-yaml.ts';
import { untrack } from '../model/tracked.ts';
import type { Cluster } from '../read/read-documents.ts';
import type { FleetInputs } from '../read/sort-inputs.ts';
import { Failure } from '../store/fail.ts';
import type { LiveCertificate } from './ask-certificate.ts';
import { usedKinds } from './used-kinds.ts';

export interface CapabilitiesPlan {
  readonly changes: readonly FactChange[];
  readonly unknown: readonly UnknownFact[];
  /** What only a person can say or do now. */
  readonly notes: readonly string[];
  /** Texts to write, by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** What becomes of cluster.yaml, by what the cluster told; nothing is written yet. */
export function planCapabilities(
  inputs: FleetInputs,
  cluster: Cluster,
  live: LiveFacts,
  certificate: Asked<LiveCertificate> | undefined,
): CapabilitiesPlan {
  const { path, text } = cluster.file;
  const { spec } = untrack(cluster.document);
  const used = 'value' in live.kinds ? usedKinds(inputs.files, path, live.kinds.value) : new Set<string>();
  const folder = path.slice(0, path.lastIndexOf('/'));
  const sealing =
    certificate !== undefined && 'value' in certificate
      ? sealingChanges(folder, spec.sealing, inputs.files, certificate.value.pem, certificate.value.certificate)
      : { changes: [], files: new Map<string, string>() };
  const changes = [...factChanges(spec, live, used), ...sealing.changes];
  const edits = changes.flatMap((change) => change.edits);
  const edited = editYaml(text, edits);
  if ('problem' in edited) {
    const wanted = changes.map(({ field }) => field).join(', ');
    throw new Failure(`${path} cannot be edited: ${edited.problem}`, `change it by hand; what differs: ${wanted}`);
  }
  const unsealable = certificate !== undefined && 'unknown' in certificate ? [certificate] : [];
  return {
    changes,
    unknown: [...unknownFacts(live), ...unsealable.map(({ unknown, hint }) => ({ fields: ['sealing'], why: unknown, hint }))],
    notes: notesOf(changes, inputs, cluster.name),
    files: new Map([...sealing.files, ...(edits.length === 0 ? [] : [[path, edited.text] as const])]),
  };
}

function notesOf(changes: readonly FactChange[], { environments }: FleetInputs, cluster: string): string[] {
  const added = (word: string) =>
    changes.flatMap(({ field, before }) =>
      before === undefined && field.startsWith(`${word}.`) && !field.endsWith('.default') ? [field] : [],
    );
  const sealedFor = changes.some(({ field, before }) => before !== undefined && /\.pem$|^sealing\./.test(field));
  const names = environments.filter((one) => one.cluster === cluster).map(({ name }) => `-e ${name}`);
  return [
    ...added('storageClasses').map((field) => `${field} offers any access mode until \`accessModes\` says which`),
    ...added('ingressClasses').map((field) => `${field}: say the namespace of its controller where that is not ingress-nginx`),
    ...(sealedFor
      ? [
          `values are still sealed for the earlier certificate: \`stowage seal --rotate-certificate ${names.join(' ')}\` seals them for this one`,
        ]
      : []),
  ];
}
