import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Files, temporaryFolder, withFiles, writeFiles } from '../support/fleet-files.ts';
import { commitAll, git } from '../support/git-folder.ts';
import type { Ended } from '../support/run-cli.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { smallFleet } from '../support/small-fleet.ts';

const cluster = (name: string) => `apiVersion: stowage.dev/v1
kind: Cluster
metadata: {name: ${name}}
spec:
  kubernetes: "1.35"
  ingressClasses: {nginx: {default: true, namespace: ingress-nginx}}
  customResources: [bitnami.com/v1alpha1/SealedSecret]
`;

const environment = (name: string, stage: string, release: string) => `# who is on call: see the wiki
apiVersion: stowage.dev/v1
kind: Environment
metadata: {name: ${name}}
spec:
  stage: ${stage}
  systems:
    shop: # what we sell
${release}      parameters:
        domain: ${name}.example.com   # by the network team
      components: {web: {replicas: 2}}
`;

const stowageYaml = (promotion: string, words: string) => `apiVersion: stowage.dev/v1
kind: Fleet
metadata: {name: small}
spec:
  repository: {url: "https://git.example.com/small.git"}
  publish: {host: local, repository: ../origin.git}
  promotion: {pipeline: [dev, staging, [prod-eu, prod-us]]}
  stages:
    dev: {}
    staging: {}
    prod: {protected: true${promotion === '' ? '' : `, promotion: ${promotion}`}}
${words}`;

/** dev runs the head of shop, staging and two productions its release 1.0.0. */
export function promotedFiles(promotion = '', words = ''): Files {
  const files = ['dev', 'staging', 'prod-eu', 'prod-us'].flatMap((name): [string, string][] => [
    [`clusters/${name}/cluster.yaml`, cluster(name)],
    [
      `clusters/${name}/${name}.yaml`,
      environment(name, name.replace(/-.*/, ''), name === 'dev' ? '' : '      release: 1.0.0 # pinned\n'),
    ],
  ]);
  const gone = [...smallFleet.keys()].filter((path) => !path.startsWith('systems/shop/'));
  return withFiles(withFiles(smallFleet, Object.fromEntries(gone.map((path) => [path, undefined]))), {
    'stowage.yaml': stowageYaml(promotion, words),
    ...Object.fromEntries(files),
  });
}

export interface PromotionFleet {
  /** A clone with the fleet in it, and what it was cloned from. */
  readonly folder: string;
  readonly bare: string;
  readonly run: (...words: string[]) => Promise<Ended>;
  readonly read: (path: string) => string;
  /** Edits, compiles, commits and pushes. */
  readonly push: (changes: Readonly<Record<string, string>>) => Promise<void>;
  readonly merge: (number: number) => Promise<void>;
}

/** With a repository of its own that its pull requests go to; `below` is the folder of the fleet in it. */
export async function promotionFleet(files: Files = promotedFiles(), below = ''): Promise<PromotionFleet> {
  const root = join(temporaryFolder(), 'fleet');
  const folder = join(root, below);
  const bare = join(root, '../origin.git');
  const settings = { ...process.env, XDG_CACHE_HOME: temporaryFolder(), GIT_CONFIG_GLOBAL: '/dev/null' };
  const run = (...words: string[]) => runInProcess(folder, words, settings);
  const compile = async () => {
    const { code, err } = await run('compile', '--quiet');
    if (code !== 0) throw new Error(err);
  };
  writeFiles(folder, files);
  const frozen = await run('release', 'shop', '1.0.0', '--quiet');
  if (frozen.code !== 0) throw new Error(frozen.err);
  await compile();
  git(root, 'init', '--quiet', '--initial-branch=main');
  git(root, 'config', 'user.name', 'test');
  git(root, 'config', 'user.email', 'test@localhost');
  writeFiles(root, new Map([['.gitignore', '.stowage\n']]));
  commitAll(root);
  git(root, 'clone', '--quiet', '--bare', '.', bare);
  git(root, 'remote', 'add', 'origin', '../origin.git');
  return {
    folder,
    bare,
    run,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    push: async (changes) => {
      writeFiles(folder, new Map(Object.entries(changes)));
      await compile();
      commitAll(root);
      git(root, 'push', '--quiet', 'origin', 'main');
    },
    merge: async (number) => {
      const { code, err } = await run('pr', 'merge', String(number), '--host', 'local', '--repository', bare);
      if (code !== 0) throw new Error(err);
      git(root, 'pull', '--quiet', 'origin', 'main');
    },
  };
}

export const head = 'systems/shop/system.yaml';
