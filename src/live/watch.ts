import { join, relative, sep } from 'node:path';
import { watch } from 'chokidar';
import { inputFile, inputRoots, isInputName } from '../store/input-names.ts';

/** What an editor does when it saves comes within a few milliseconds. */
const settling = 15;

export interface Watching {
  readonly close: () => Promise<void>;
}

/** Says that inputs of a fleet may have changed, once for what comes together. */
export function watchInputs(fleet: string, changed: () => void): Promise<Watching> {
  return watchPaths(fleet, isInput, changed);
}

/** The same for the commits of a repository: where its head and its branches stand. */
export function watchCommits(gitFolder: string, changed: () => void): Promise<Watching> {
  return watchPaths(gitFolder, isReference, changed);
}

function isInput([root = '', ...rest]: readonly string[]): boolean {
  if (!inputRoots.includes(root)) return root === inputFile && rest.length === 0;
  return rest.every(isInputName);
}

function isReference([root = '', ...rest]: readonly string[]): boolean {
  if (root === 'logs') return rest.length === 0 || (rest.length === 1 && rest[0] === 'HEAD');
  return root === 'refs' || root === 'reftable' || (rest.length === 0 && (root === 'HEAD' || root === 'packed-refs'));
}

async function watchPaths(folder: string, wanted: (steps: readonly string[]) => boolean, changed: () => void): Promise<Watching> {
  const stepsOf = (path: string) =>
    relative(folder, path)
      .split(sep)
      .filter((step) => step !== '');
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, settling);
  };
  const watcher = watch(folder, {
    ignoreInitial: true,
    // It would hold back what is removed; what really changed is looked up anyway.
    atomic: false,
    followSymlinks: false,
    ignored: (path) => {
      const steps = stepsOf(path);
      return steps.length > 0 && !wanted(steps);
    },
  });
  watcher.on('all', soon);
  // As the system tells it: events about a file that was changed twice within moments are told once otherwise.
  watcher.on('raw', (_event, path: string | null, details) => {
    const { watchedPath } = details as { readonly watchedPath: string };
    // Of a file its own name is said once more.
    if (wanted(stepsOf(join(watchedPath, path ?? ''))) || wanted(stepsOf(watchedPath))) soon();
  });
  // A folder that cannot be watched any more is looked at when something else happens.
  watcher.on('error', soon);
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return {
    close: () => {
      clearTimeout(timer);
      return watcher.close();
    },
  };
}
