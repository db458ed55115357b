import { withHeader } from '../../../src/print/header.ts';
import { changesOfFiles, type FilesToPublish } from '../../../src/publish/changes-of-files.ts';
import type { PublishRequest } from '../../../src/publish/publish-request.ts';

export const fleetCommits = ['1'.repeat(40), '2'.repeat(40), '3'.repeat(40)] as const;

/** Generated files of one environment with two systems, at one of the fleet's commits. */
export function filesAt(version: number, systems: readonly string[] = ['shop', 'stock']): Map<string, string> {
  const file = (path: string, body: string) => [path, withHeader('clusters/dev/dev.yaml', `${body}\n`)] as const;
  return new Map([
    file('argocd/dev/root.yaml', 'root: dev'),
    file('argocd/dev/dev/project.yaml', `systems: ${systems.join(' ')}`),
    ...systems.flatMap((system) => [
      file(`argocd/dev/dev/${system}.application.yaml`, `application: ${system}`),
      file(`overlays/dev/${system}/kustomization.yaml`, `version: ${version}`),
      file(`base/${system}/head/kustomization.yaml`, `base: ${system}`),
    ]),
  ]);
}

export type Parts = Pick<PublishRequest, 'target' | 'forge'> & Partial<PublishRequest> & Partial<FilesToPublish>;

/** What publishing asks for, from one of the fleet's commits, each of which came from the one before. */
export function requestAt(version: number, parts: Parts): PublishRequest {
  const changes = changesOfFiles({
    path: '',
    group: 'system',
    owned: (path) => /^(base|overlays|argocd)\//.test(path),
    bases: new Map(['shop', 'stock'].map((system) => [`dev/${system}`, [`base/${system}/head`]])),
    overwrite: new Set(),
    files: filesAt(version),
    ...parts,
  });
  const inputs = fleetCommits[version] as string;
  let clock = 1_700_000_000 + version;
  return {
    branch: 'main',
    path: '',
    prefix: 'stowage/',
    purpose: 'compile',
    labels: [],
    reviewers: [],
    draft: false,
    sign: false,
    changes,
    inputs,
    relate: async (commit) => {
      const other = fleetCommits.indexOf(commit as (typeof fleetCommits)[number]);
      return other < 0 ? 'unknown' : other < version ? 'older' : other === version ? 'same' : 'newer';
    },
    author: { name: 'Publisher', email: 'publisher@example.com' },
    refusals: new Map(),
    review: async ({ name, files: changed }) => ({
      title: `${name} at ${version}`,
      body: `${changed.length} files`,
      block: undefined,
    }),
    selected: () => true,
    supersede: [],
    dryRun: false,
    now: () => {
      clock += 10;
      return clock;
    },
    ...parts,
  };
}
