import type { Report } from '../diagnostics/diagnostic.ts';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { dnsLabel, versionName } from '../language/scalars.ts';
import { digestOf } from '../model/digest.ts';
import type { InputFiles } from '../model/input-files.ts';
import { wholeFile } from '../model/source-file.ts';

/** A System as it lies on disk: its head or one frozen release. */
export interface ReleaseInput {
  readonly system: string;
  readonly release: string;
  readonly folder: string;
  readonly documentPath: string;
  /** Present for a frozen release: says what its digest must be. */
  readonly sealPath?: string;
  /** Files under files/, by their path below it. */
  readonly files: ReadonlyMap<string, string>;
  /** Of all of these, the seal too: whoever edits it must hear of it, whatever is remembered. */
  readonly digest: string;
}

export interface EnvironmentInput {
  readonly name: string;
  readonly cluster: string;
  readonly path: string;
  /** Sealed secrets: system/secret → path. */
  readonly sealed: ReadonlyMap<string, string>;
  readonly digest: string;
}

export interface ClusterInput {
  readonly name: string;
  readonly path: string;
  /** Certificates beside its description, by file name. */
  readonly certificates: ReadonlyMap<string, string>;
  /** Of all of these. */
  readonly digest: string;
}

/** Which file is what, by path alone: nothing is parsed yet. */
export interface FleetInputs {
  readonly files: InputFiles;
  readonly fleetPath: string;
  readonly fleetDigest: string;
  readonly releases: readonly ReleaseInput[];
  readonly clusters: readonly ClusterInput[];
  readonly environments: readonly EnvironmentInput[];
}

interface PendingRelease {
  readonly system: string;
  readonly release: string;
  readonly folder: string;
  readonly files: Map<string, string>;
  documentPath?: string;
  sealPath?: string;
}

export const headRelease = 'head';
const fleetFile = 'stowage.yaml';

/** Where it is `.yaml` that is read. */
const otherEnding =
  /^(systems\/[^/]+\/system|systems\/[^/]+\/releases\/[^/]+\/(system|release)|clusters\/[^/]+\/([^/]+|sealed\/[^/]+\/[^/]+\/[^/]+))\.yml$/;

/** Names of folders and files become names of generated ones, so they keep to the same rules. */
function wrongName([root, first = '', second = '', third = '']: readonly string[]): string | undefined {
  if (root !== 'systems' && root !== 'clusters') return undefined;
  if (!dnsLabel.safeParse(first).success) return first;
  if (root === 'systems') return second === 'releases' && !versionName.safeParse(third).success ? third : undefined;
  const environment = second.endsWith('.yaml') ? second.slice(0, -'.yaml'.length) : undefined;
  return environment === undefined || dnsLabel.safeParse(environment).success ? undefined : environment;
}

/** Generated folders go by name alone, and on some systems without regard to case. */
function reportNamesakes(named: readonly (readonly [name: string, path: string])[], report: Report): Set<string> {
  const first = new Map<string, string>();
  const namesakes = new Set<string>();
  for (const [name, path] of named) {
    const other = first.get(name.toLowerCase());
    if (other === undefined) {
      first.set(name.toLowerCase(), path);
      continue;
    }
    namesakes.add(path);
    report({
      code: 'name-conflict',
      severity: 'error',
      message: `there is another ${name}, or one that differs in case only`,
      place: wholeFile({ path, text: '' }),
      related: [{ place: wholeFile({ path: other, text: '' }), message: 'the other one' }],
      hint: 'give one of them another name',
    });
  }
  return namesakes;
}

/** clusters/<cluster>/sealed/<environment>/<system>/<secret>.yaml */
export function isSealedPath(path: string): boolean {
  return /^clusters\/[^/]+\/sealed\//.test(path);
}

export function sortInputs(files: InputFiles, report: Report): FleetInputs {
  const paths = [...files.keys()].sort(compareText);
  const releases = new Map<string, PendingRelease>();
  const clusters = new Map<string, string>();
  const environments: { name: string; cluster: string; path: string; sealed: Map<string, string> }[] = [];
  const sealed: { cluster: string; environment: string; key: string; path: string }[] = [];
  const certificates: { cluster: string; name: string; path: string }[] = [];
  const misplaced = (path: string, hint: string, message = `nothing reads ${path}`) =>
    report({
      code: 'misplaced-file',
      severity: 'error',
      message,
      place: wholeFile({ path, text: '' }),
      hint,
    });

  for (const path of paths) {
    const parts = path.split('/');
    if (path === fleetFile) continue;
    const wrong = wrongName(parts);
    if (parts.length === 1)
      misplaced(
        path,
        'move it away',
        `${path} is a file, and the folder of ${path === 'systems' ? 'Systems' : path} belongs here`,
      );
    else if (otherEnding.test(path)) misplaced(path, `rename it to ${parts.at(-1)?.replace(/yml$/, 'yaml')}`);
    else if (wrong !== undefined)
      misplaced(
        path,
        `\`${wrong}\` cannot be a name: names are lower-case letters, digits and \`-\`; of releases also \`.\` and \`_\``,
      );
    else if (parts[0] === 'systems' && parts.length >= 3) {
      const system = parts[1] as string;
      const frozen = parts[2] === 'releases' && parts.length >= 5;
      const release = frozen ? (parts[3] as string) : headRelease;
      const rest = parts.slice(frozen ? 4 : 2);
      const folder = parts.slice(0, frozen ? 4 : 2).join('/');
      const entry: PendingRelease = releases.get(folder) ?? { system, release, folder, files: new Map() };
      releases.set(folder, entry);
      if (rest.length === 1 && rest[0] === 'system.yaml') entry.documentPath = path;
      else if (frozen && rest.length === 1 && rest[0] === 'release.yaml') entry.sealPath = path;
      else if (rest[0] === 'files' && rest.length > 1) entry.files.set(rest.slice(1).join('/'), path);
      else misplaced(path, 'a System is system.yaml, files/ and releases/<version>/');
    } else if (parts[0] === 'clusters' && parts.length === 3 && parts[2]?.endsWith('.yaml')) {
      const cluster = parts[1] as string;
      if (parts[2] === 'cluster.yaml') clusters.set(cluster, path);
      else environments.push({ name: parts[2].slice(0, -'.yaml'.length), cluster, path, sealed: new Map() });
    } else if (parts[0] === 'clusters' && parts.length === 3 && parts[2]?.endsWith('.pem')) {
      certificates.push({ cluster: parts[1] as string, name: parts[2], path });
    } else if (parts[0] === 'clusters' && parts[2] === 'sealed' && parts.length === 6 && parts[5]?.endsWith('.yaml')) {
      sealed.push({
        cluster: parts[1] as string,
        environment: parts[3] as string,
        key: `${parts[4]}/${parts[5].slice(0, -'.yaml'.length)}`,
        path,
      });
    } else {
      misplaced(
        path,
        'inputs are stowage.yaml, systems/<system>/, clusters/<cluster>/*.yaml and *.pem, and clusters/<cluster>/sealed/<environment>/<system>/<secret>.yaml',
      );
    }
  }
  for (const { cluster, environment, key, path } of sealed) {
    const owner = environments.find((candidate) => candidate.cluster === cluster && candidate.name === environment);
    if (owner === undefined) misplaced(path, `there is no environment ${environment} on cluster ${cluster}`);
    else owner.sealed.set(key, path);
  }
  const releasePaths = [...releases.values()].flatMap(({ system, release, documentPath }): [string, string][] =>
    documentPath === undefined ? [] : [[`release ${release} of ${system}`, documentPath]],
  );
  reportNamesakes(releasePaths, report);
  const namesakes = reportNamesakes(
    environments.map((environment) => [`environment ${environment.name}`, environment.path]),
    report,
  );
  const digest = (...named: string[]) => digestOf(...named.flatMap((path) => [path, files.get(path) ?? '']));
  return {
    files,
    fleetPath: fleetFile,
    fleetDigest: digest(fleetFile),
    releases: [...releases.values()].flatMap((entry) => {
      const { documentPath, ...rest } = entry;
      if (documentPath === undefined) {
        misplaced(`${entry.folder}/`, 'the folder has no system.yaml');
        return [];
      }
      const seal = entry.sealPath === undefined ? [] : [entry.sealPath];
      return [{ ...rest, documentPath, digest: digest(documentPath, ...seal, ...entry.files.values()) }];
    }),
    clusters: [...clusters].map(([name, path]) => {
      const own = new Map(certificates.filter(({ cluster }) => cluster === name).map((entry) => [entry.name, entry.path]));
      return { name, path, certificates: own, digest: digest(path, ...own.values()) };
    }),
    environments: environments
      .filter((entry) => !namesakes.has(entry.path))
      .map((entry) => ({ ...entry, digest: digest(entry.path, ...entry.sealed.values()) }))
      .sort((a, b) => compareText(a.name, b.name)),
  };
}
