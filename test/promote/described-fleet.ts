import { stringify } from 'yaml';
import type { EnvironmentDocument } from '../../src/language/environment.ts';
import type { FleetDocument } from '../../src/language/fleet.ts';
import { type Description, readDescription } from '../../src/promote/description.ts';
import type { Intent } from '../../src/promote/intent.ts';
import type { Nothing, Refusal } from '../../src/promote/refusal.ts';
import { headRelease } from '../../src/read/sort-inputs.ts';
import { releaseFiles, releaseFolder } from '../../src/store/release-files.ts';
import { asBytes } from '../support/fleet-files.ts';

export interface FleetParts {
  readonly promotion?: FleetDocument['spec']['promotion'];
  readonly stages?: FleetDocument['spec']['stages'];
  /** By `system` and `system/release`; by default a System `shop` with a component `web`. */
  readonly systems?: Readonly<Record<string, object>>;
  readonly environments: Readonly<Record<string, Partial<EnvironmentDocument['spec']>>>;
}

export const shop = { components: { web: { image: 'example/shop:1.0.0' } } };

/** A fleet on one cluster, each environment in a namespace of its own. */
export function fleetOf({ promotion, stages, systems = { shop }, environments }: FleetParts): Map<string, Uint8Array> {
  const document = (kind: string, name: string, spec: object) =>
    stringify({ apiVersion: 'stowage.dev/v1', kind, metadata: { name }, spec });
  const repository = { url: 'https://git.example.com/fleet.git' };
  const spec = { repository, ...(promotion && { promotion }), ...(stages && { stages }) };
  return asBytes(
    new Map<string, string | Uint8Array>([
      ['stowage.yaml', document('Fleet', 'example', spec)],
      ['clusters/here/cluster.yaml', document('Cluster', 'here', { kubernetes: '1.35' })],
      ...Object.entries(environments).map(
        ([name, of]) =>
          [
            `clusters/here/${name}.yaml`,
            document('Environment', name, { namespace: name, systems: { shop: {} }, ...of }),
          ] as const,
      ),
      ...Object.entries(systems).flatMap(([id, of]) => {
        const [system = '', release = headRelease] = id.split('/');
        return systemFiles(system, release, document('System', system, of));
      }),
    ]),
  );
}

export function describedFleet(parts: FleetParts): Description {
  const description = readDescription(fleetOf(parts));
  if ('problems' in description) throw new Error(description.problems.map(({ message }) => message).join('\n'));
  return description;
}

/** Of a plan that goes on. */
export function intentOf(plan: Intent | Refusal | Nothing): Intent {
  if ('purpose' in plan) return plan;
  throw new Error('refused' in plan ? plan.refused : plan.nothing);
}

/** The edits of an environment, by their path below its entry of the system. */
export function editsOf({ edits }: Intent): Record<string, unknown> {
  return Object.fromEntries(
    [...edits.values()].flat().map((edit) => [edit.path.slice(3).join('.'), 'value' in edit ? edit.value : 'removed']),
  );
}

function systemFiles(system: string, release: string, text: string): [string, Uint8Array][] {
  const documentPath = `systems/${system}/system.yaml`;
  const files = asBytes(new Map([[documentPath, text]]));
  if (release === headRelease) return [...files];
  const head = { system, release, folder: `systems/${system}`, documentPath, files: new Map<string, string>(), digest: '' };
  const folder = releaseFolder(system, release);
  return [...releaseFiles(files, head, release)].map(([path, bytes]) => [`${folder}/${path}`, bytes]);
}
