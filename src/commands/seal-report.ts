import type { Lack } from '../sealing/assemble-values.ts';
import type { Left, PlannedFile } from '../sealing/plan-sealing.ts';
import type { Outcome } from '../sealing/seal-key.ts';
import type { SealingTarget } from '../sealing/sealing-target.ts';
import { type CommandContext, type CommonOptions, exitCodes, plural } from './command-context.ts';
import type { Way } from './seal-options.ts';

export interface SealReport {
  readonly way: Way | undefined;
  readonly note: string | undefined;
  readonly files: readonly PlannedFile[];
  /** What could not be sealed anew, since nobody could open it and nobody gave it. */
  readonly left: readonly Left[];
  readonly lacking: readonly Lack[];
  readonly kept: readonly Left[];
}

/** What was sealed and what was not, never a value. */
export function tellSealing(report: SealReport, options: CommonOptions, context: CommandContext): number {
  const code = report.left.length + report.lacking.length > 0 ? exitCodes.problems : exitCodes.clean;
  if (options.json === true) context.out(`${JSON.stringify(toJson(report, code), null, 2)}\n`);
  else tell(report, options, context);
  return code;
}

const newValue: ReadonlySet<Outcome> = new Set(['sealed', 'replaced', 'sealed again']);

function tell(report: SealReport, { quiet }: CommonOptions, { out, err, palette }: CommandContext): void {
  const { files, left, lacking, kept, note, way } = report;
  if (quiet !== true) {
    for (const { path, text, outcomes } of files) {
      if (text === undefined) continue;
      out(`${path}\n`);
      for (const [key, outcome] of outcomes) out(`  ${key}: ${outcome}\n`);
    }
    if (files.some(({ outcomes }) => [...outcomes.values()].includes('sealed again')))
      out('sealed again: no key tells whether the value is another, so it counts as one\n');
    const restarting = restarts(report);
    if (restarting.length > 0)
      out(`will restart once this is compiled and synced:\n${restarting.map((line) => `  ${line}\n`).join('')}`);
    for (const { target, keys } of kept)
      out(`${nameOf(target)}: ${keys.join(', ')} kept: given by a person; name it to replace it\n`);
    if (note !== undefined) err(`${note}\n`);
  }
  for (const { target, key, needs, refused } of lacking)
    err(
      `${palette.error('missing')}: ${nameOf(target)}/${key}: ${refused ?? `it is made from ${needs.join(' and ')}; give that in the same run, or --private-key`}\n`,
    );
  for (const { target, keys } of left)
    err(`${palette.error('left')}: ${nameOf(target)}: ${keys.join(', ')} ${leftBecause(way)}\n`);
  if (quiet === true) return;
  const outcomes = files.flatMap((file) => [...file.outcomes.values()]);
  const unchanged = outcomes.filter((outcome) => outcome === 'unchanged').length;
  const written = files.filter(({ text }) => text !== undefined).length;
  out(
    `${palette.strong(`${plural(outcomes.length - unchanged, 'value')} sealed`)} in ${plural(written, 'file')}, ${unchanged} unchanged${written > 0 ? '; `stowage compile` carries them into the overlays' : ''}\n`,
  );
}

function leftBecause(way: Way | undefined): string {
  return way === 'rotateCertificate'
    ? 'still sealed for another certificate: give the values again, or --private-key with the keys of the controller'
    : 'sealed for another namespace or name, where they would be lost: give their values too, or --private-key';
}

function restarts({ files }: SealReport): string[] {
  const lines = files.flatMap(({ target, outcomes }) =>
    target.keys
      .filter(({ key }) => newValue.has(outcomes.get(key) ?? 'unchanged'))
      .flatMap(({ readers }) => readers.filter(rolls).map((reader) => `${target.environment}/${target.system} ${reader}`)),
  );
  return [...new Set(lines)];
}

function rolls(reader: string): boolean {
  return /^(Deployment|StatefulSet|DaemonSet)\//.test(reader);
}

function nameOf({ environment, system, secret }: SealingTarget): string {
  return `${environment}/${system} ${secret}`;
}

function toJson(report: SealReport, code: number): unknown {
  const place = ({ cluster, environment, system, secret }: SealingTarget) => ({ cluster, environment, system, secret });
  return {
    command: 'seal',
    ok: code === exitCodes.clean,
    files: report.files.map(({ target, path, text, outcomes }) => ({
      ...place(target),
      path,
      written: text !== undefined,
      keys: Object.fromEntries(outcomes),
    })),
    restarts: restarts(report),
    left: report.left.map(({ target, keys }) => ({ ...place(target), keys })),
    missing: report.lacking.map(({ target, key, needs, refused }) => ({ ...place(target), key, needs, refused })),
    kept: report.kept.map(({ target, keys }) => ({ ...place(target), keys })),
  };
}
