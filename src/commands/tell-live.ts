import { hasErrors } from '../diagnostics/diagnostic.ts';
import { diagnosticToJson, formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import type { Session } from '../live/session.ts';
import { type CommandContext, type CommonOptions, countProblems, plural } from './command-context.ts';
import type { Looked } from './open-fleet.ts';

/** What whoever started `dev` reads while it runs; with `--json` one document a line. */
export interface TellingLive {
  readonly listening: (address: string) => void;
  readonly compiled: (looked: Looked, session: Session) => void;
  /** They are others than before, though nothing was compiled. */
  readonly problems: (session: Session) => void;
}

export function tellingLive({ json, quiet }: CommonOptions, { out, err, palette }: CommandContext): TellingLive {
  if (json === true) {
    const line = (document: object) => out(`${JSON.stringify(document)}\n`);
    const problemsOf = (session: Session) => ({
      ok: !hasErrors(session.problems()),
      kept: [...session.kept()],
      diagnostics: session.problems().map(diagnosticToJson),
    });
    return {
      listening: (address) => line({ command: 'dev', event: 'listening', address }),
      compiled: ({ changed, milliseconds }, session) =>
        line({ command: 'dev', event: 'compiled', milliseconds, changed, ...problemsOf(session) }),
      problems: (session) => line({ command: 'dev', event: 'checked', ...problemsOf(session) }),
    };
  }
  const tellProblems = (session: Session) => {
    const problems = session.problems();
    for (const diagnostic of problems) err(`${formatDiagnostic(diagnostic, palette)}\n\n`);
    const count = countProblems(problems);
    if (count === '') return;
    const kept = session.kept().size;
    const shown = kept === 0 ? '' : `; ${plural(kept, 'overlay')} shown as before`;
    err(`${hasErrors(problems) ? palette.error(count) : palette.warning(count)}${shown}\n`);
  };
  return {
    listening: (address) => {
      if (quiet !== true) out(`${palette.strong(address)}\n  Ctrl-C ends it\n`);
    },
    compiled: ({ changed, milliseconds }, session) => {
      tellProblems(session);
      if (quiet !== true && !hasErrors(session.problems()))
        out(`compiled in ${milliseconds} ms: ${plural(changed.length, 'overlay')} changed\n`);
    },
    problems: tellProblems,
  };
}
