import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { diagnosticToJson, formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import { type CommandContext, type CommonOptions, countProblems, plural } from './command-context.ts';
import type { Looked } from './open-fleet.ts';

/** What whoever started `dev` reads while it runs; with `--json` one document a line. */
export interface TellingLive {
  readonly listening: (address: string) => void;
  readonly compiled: (looked: Looked, problems: readonly Diagnostic[]) => void;
  /** They are others than before, though nothing was compiled. */
  readonly problems: (problems: readonly Diagnostic[]) => void;
}

export function tellingLive({ json, quiet }: CommonOptions, { out, err, palette }: CommandContext): TellingLive {
  if (json === true) {
    const line = (document: object) => out(`${JSON.stringify(document)}\n`);
    const problemsOf = (problems: readonly Diagnostic[]) => ({
      ok: !hasErrors(problems),
      diagnostics: problems.map(diagnosticToJson),
    });
    return {
      listening: (address) => line({ command: 'dev', event: 'listening', address }),
      compiled: ({ changed, milliseconds }, problems) =>
        line({ command: 'dev', event: 'compiled', milliseconds, changed, ...problemsOf(problems) }),
      problems: (problems) => line({ command: 'dev', event: 'checked', ...problemsOf(problems) }),
    };
  }
  const tellProblems = (problems: readonly Diagnostic[]) => {
    for (const diagnostic of problems) err(`${formatDiagnostic(diagnostic, palette)}\n\n`);
    const count = countProblems(problems);
    if (count === '') return;
    const kept = hasErrors(problems) ? '; the page shows what could not be compiled as it was' : '';
    err(`${hasErrors(problems) ? palette.error(count) : palette.warning(count)}${kept}\n`);
  };
  return {
    listening: (address) => {
      if (quiet !== true) out(`${palette.strong(address)}\n  Ctrl-C ends it\n`);
    },
    compiled: ({ changed, milliseconds }, problems) => {
      tellProblems(problems);
      if (quiet !== true && !hasErrors(problems))
        out(`compiled in ${milliseconds} ms: ${plural(changed.length, 'overlay')} changed\n`);
    },
    problems: tellProblems,
  };
}
