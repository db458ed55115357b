import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { shellWord } from '../model/shell-word.ts';
import { cannotWrite } from '../store/cannot-write.ts';
import { makeFolders } from '../store/make-folders.ts';
import { type CommandContext, type CommonOptions, exitCodes, UsageError } from './command-context.ts';
import { cronWorkflowPath } from './cron-workflow.ts';
import { firstFleet, fleetName } from './first-fleet.ts';
import { attributes, attributesFile, needsAttributes } from './generated-attributes.ts';
import { nearestFolder, planWorkflows } from './plan-workflows.ts';
import { writeSchemas } from './schema-command.ts';
import { setMergeDriver } from './set-merge-driver.ts';

export interface InitOptions extends CommonOptions {
  readonly github?: boolean;
  readonly gitea?: boolean;
  readonly action?: string;
  readonly argoWorkflows?: boolean;
  readonly image?: string;
  readonly mergeDriver?: boolean;
}

export async function initCommand(folder: string, options: InitOptions, context: CommandContext): Promise<number> {
  const target = resolve(context.folder, folder);
  const { there, files } = await plan(target, options, context);
  if (options.mergeDriver === true) await setMergeDriver(nearestFolder(target), context);
  write(files, target, there);
  const paths = [...files.keys()].map((path) => relative(target, path));
  if (options.json === true) context.out(`${JSON.stringify({ command: 'init', folder: target, files: paths }, null, 2)}\n`);
  else if (options.quiet !== true) tell(paths, target, there, options, context);
  return exitCodes.clean;
}

/** What is to be written, by path; nothing of it stands in the way of anything. */
async function plan(target: string, options: InitOptions, context: CommandContext) {
  const runners = (['github', 'gitea'] as const).filter((runner) => options[runner] === true);
  if (options.action !== undefined && runners.length === 0)
    throw new UsageError('--action says where workflows find Stowage, and none are asked for', 'add --github or --gitea');
  if ((options.argoWorkflows === true) !== (options.image !== undefined))
    throw new UsageError(
      '--argo-workflows and --image go together: a pod needs an image with Stowage, git and a shell in it',
      'write --argo-workflows --image <registry>/<repository>@sha256:<digest>',
    );
  const asked = runners.length > 0 || options.image !== undefined;
  const adds = asked || options.mergeDriver === true;
  const there = adds && existsSync(join(target, 'stowage.yaml'));
  const fleet = there
    ? []
    : Object.entries(firstFleet(fleetName(basename(target)))).map(([path, text]) => [join(target, path), text] as const);
  const added = asked ? await planWorkflows(target, { runners, action: options.action, image: options.image }, context) : [];
  const wanted = new Map([...fleet, ...added]);
  const attributesPath = join(target, attributesFile);
  if (there && options.mergeDriver === true && needsAttributes(attributesPath)) wanted.set(attributesPath, attributes);
  const present = [...wanted].filter(([path]) => existsSync(path));
  const inTheWay = there ? present.filter(([path, text]) => readFileSync(path, 'utf8') !== text) : present;
  if (inTheWay.length > 0)
    throw new UsageError(
      `${inTheWay.map(([path]) => relative(target, path)).join(', ')} ${inTheWay.length === 1 ? 'exists' : 'exist'} already; nothing was written`,
      there ? 'move it away to have it written anew' : 'name another folder',
    );
  for (const [path] of present) wanted.delete(path);
  return { there, files: wanted };
}

/** The files of a new fleet name schemas for editors. */
function write(files: ReadonlyMap<string, string>, target: string, there: boolean): void {
  try {
    for (const [path, text] of files) {
      makeFolders(dirname(path));
      writeFileSync(path, text, { flag: 'wx' });
    }
    if (!there) writeSchemas(join(target, '.stowage', 'schemas'));
  } catch (error) {
    throw cannotWrite(target, error);
  }
}

function tell(
  paths: readonly string[],
  target: string,
  there: boolean,
  options: InitOptions,
  { folder, out }: CommandContext,
): void {
  const cd = relative(folder, target) === '' ? '' : `cd ${shellWord(relative(folder, target))} && `;
  const host = options.github === true ? 'github' : options.gitea === true ? 'gitea' : undefined;
  const lines = paths.map((path) => `  create ${path}`);
  if (options.mergeDriver === true) lines.push('this clone merges generated files by `stowage compile --merge-driver`');
  if (!there) lines.push(`next: ${cd}stowage compile`);
  else if (paths.some((path) => !isForCluster(path)) && host !== undefined)
    lines.push(`next: commit the workflows, and say \`publish: {host: ${host}}\` in stowage.yaml`);
  else if (host !== undefined) lines.push('the workflows are there already');
  if (paths.includes(cronWorkflowPath))
    lines.push(`next: make the Secret that ${cronWorkflowPath} names, and apply the file where Argo Workflows runs`);
  const drift = paths.filter((path) => isForCluster(path) && path !== cronWorkflowPath);
  if (drift.length > 0)
    lines.push(
      `next: make the Secret that ${drift.join(', ')} ${drift.length === 1 ? 'names' : 'name'}, and apply each file on its cluster`,
    );
  if (options.argoWorkflows === true && !paths.some(isForCluster)) lines.push('the files for Argo Workflows are there already');
  out(`${lines.join('\n')}\n`);
}

function isForCluster(path: string): boolean {
  return path.startsWith('argo-workflows/');
}
