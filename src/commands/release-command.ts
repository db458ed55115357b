import { compiler, schemas } from '../build-facts.ts';
import { compile, compileUnused } from '../compile/compile.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { versionName } from '../language/scalars.ts';
import { headRelease, type ReleaseInput, sortInputs } from '../read/sort-inputs.ts';
import { freezeRelease } from '../store/freeze-release.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import { releaseFolder } from '../store/release-files.ts';
import { type CommandContext, type CommonOptions, exitCodes, UsageError } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';

export async function releaseCommand(
  system: string,
  release: string,
  options: CommonOptions,
  context: CommandContext,
): Promise<number> {
  const fleet = fleetFolder(options, context);
  if (release === headRelease || !versionName.safeParse(release).success)
    throw new UsageError(`\`${release}\` cannot be the name of a release`, 'letters, digits, `.`, `-` and `_`, such as 2.1.0');
  const found: Diagnostic[] = [];
  const files = gatherInputs(fleet, (diagnostic) => found.push(diagnostic));
  const inputs = sortInputs(files, (diagnostic) => found.push(diagnostic));
  const head = inputs.releases.find((input) => input.system === system && input.release === headRelease);
  if (head === undefined)
    throw new UsageError(
      `there is no System \`${system}\``,
      didYouMean(system, [...new Set(inputs.releases.map((input) => input.system))]),
    );
  // What is frozen cannot be repaired, so all that a compile would tell of it is told before.
  const told = await context.compute(() => {
    const own = compileUnused(inputs, head, { compiler, schemas }).diagnostics;
    // Fields of Kubernetes are known by the version of a cluster, so environments tell of them; what they warn of is theirs.
    const elsewhere = compile(files, { compiler, schemas }).diagnostics.filter(({ severity }) => severity === 'error');
    return [...own, ...[...found, ...elsewhere].filter((diagnostic) => isOf(head, diagnostic))];
  });
  const problems = sortDiagnostics(told);
  for (const problem of problems) context.err(`${formatDiagnostic(problem, context.palette)}\n\n`);
  if (hasErrors(problems)) {
    context.err('a System with problems is not frozen\n');
    return exitCodes.problems;
  }
  const folder = freezeRelease(fleet, files, head, release);
  if (folder === undefined)
    throw new UsageError(
      `${releaseFolder(system, release)} exists already, and a release never changes`,
      'choose another version',
    );
  if (options.json === true) context.out(`${JSON.stringify({ command: 'release', system, release, folder }, null, 2)}\n`);
  else if (options.quiet !== true)
    context.out(`froze ${system} as ${folder}; \`stowage compile\` writes base/${system}/${release}\n`);
  return exitCodes.clean;
}

/** Of the folder of the head, in which its releases lie too. */
function isOf({ folder }: ReleaseInput, { place }: Diagnostic): boolean {
  const { path } = place.file;
  return path.startsWith(`${folder}/`) && !`${path}/`.startsWith(`${folder}/releases/`);
}
