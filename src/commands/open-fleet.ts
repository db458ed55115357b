import { basename } from 'node:path';
import { compiler, schemas, version } from '../build-facts.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { openSession, type Session } from '../live/session.ts';
import { wholeFile } from '../model/source-file.ts';
import { driftPart } from '../report/drift-part.ts';
import type { Report } from '../report/report.ts';
import { Failure } from '../store/fail.ts';
import type { ReadBytes } from '../store/gather-inputs.ts';
import { Unreadable } from '../store/unless-gone.ts';
import { parseBuild } from '../verify/parse-build.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import { type Source, worktree } from './plan-sources.ts';
import { readDriftRuns } from './read-drift-runs.ts';
import type { LookOptions } from './report-options.ts';
import { stateBefore } from './state-before.ts';

export interface Looked {
  /** `environment/system` of those that became something else. */
  readonly changed: readonly string[];
  readonly milliseconds: number;
}

/** A fleet's folder, and what is known of it. */
export interface OpenFleet {
  readonly session: Session;
  /** Reads what is another one and compiles it; undefined when there is nothing new. */
  readonly look: () => Looked | undefined;
  /** Renders anew what changes are counted from. */
  readonly countAnew: () => Promise<void>;
  /** As it was when it was renewed last. */
  readonly report: () => Report;
  readonly renew: () => void;
}

export function openFleet(fleet: string, { from, drift }: LookOptions, context: CommandContext, read: ReadBytes): OpenFleet {
  const session = openSession({
    ...{ schemas, compiler, version, parse: parseBuild, folder: basename(fleet) },
    drift: drift === undefined ? undefined : driftPart(readDriftRuns(drift, context), new Date()),
    now: () => new Date(),
  });
  let source: Source | undefined;
  let report: Report | undefined;
  /** What may not be read is a problem like others, once there is something to show. */
  const readAnew = (): Source => {
    try {
      return worktree(fleet, read);
    } catch (error) {
      if (source === undefined || !(error instanceof Unreadable)) throw error;
      return { ...source, diagnostics: [asDiagnostic(error)] };
    }
  };
  return {
    session,
    look: () => {
      const start = performance.now();
      const next = readAnew();
      if (source !== undefined && isSame(source, next)) return undefined;
      source = next;
      const changed = session.compile(next);
      return { changed, milliseconds: Math.round(performance.now() - start) };
    },
    countAnew: async () => {
      const now = { fleet, source: source as Source, rendered: session.rendered(), meaningOnly: true as const };
      try {
        session.countFrom(await stateBefore(from, now, {}, context));
      } catch (error) {
        // The first time, who named a state that is not there is told so; later the page says it.
        const told = error instanceof UsageError || (error instanceof Failure && !context.signal.aborted);
        if (report === undefined || !told) throw error;
        session.countFrom({ why: error.message });
      }
    },
    report: () => {
      report ??= session.report();
      return report;
    },
    renew: () => {
      report = session.report();
    },
  };
}

function asDiagnostic({ message, path }: Unreadable): Diagnostic {
  const place = wholeFile({ path, text: '' });
  return { code: 'not-text', severity: 'error', message, place, hint: 'until it may be read all is shown as it was before' };
}

/** Files that are as they were are the same bytes. */
function isSame(one: Source, other: Source): boolean {
  if (one.files.size !== other.files.size) return false;
  const problems = ({ diagnostics }: Source) => JSON.stringify(diagnostics.map(({ message }) => message));
  return [...one.files].every(([path, bytes]) => other.files.get(path) === bytes) && problems(one) === problems(other);
}
