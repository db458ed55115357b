import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { versionName } from '../language/scalars.ts';
import { readRelease } from '../read/read-release.ts';
import { headRelease, sortInputs } from '../read/sort-inputs.ts';
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
  const files = gatherInputs(fleet, () => {});
  const inputs = sortInputs(files, () => {});
  const head = inputs.releases.find((input) => input.system === system && input.release === headRelease);
  if (head === undefined)
    throw new UsageError(
      `there is no System \`${system}\``,
      didYouMean(system, [...new Set(inputs.releases.map((input) => input.system))]),
    );
  const diagnostics: Diagnostic[] = [];
  if (readRelease(files, head, false, (diagnostic) => diagnostics.push(diagnostic)) === undefined) {
    for (const diagnostic of diagnostics) context.err(`${formatDiagnostic(diagnostic, context.palette)}\n\n`);
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
