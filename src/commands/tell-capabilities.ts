import type { FactChange } from '../cluster/facts/fact-change.ts';
import { type CommandContext, type CommonOptions, exitCodes, plural } from './command-context.ts';
import type { CapabilitiesPlan } from './plan-capabilities.ts';

export interface CapabilitiesOptions extends CommonOptions {
  readonly context?: string;
  readonly check?: boolean;
}

export interface CapabilitiesReport extends CapabilitiesPlan {
  readonly cluster: string;
  readonly server: string;
  readonly path: string;
  readonly written: boolean;
}

/** Every change, and what could not be seen: a fact that nobody could read is never taken for right. */
export function tellCapabilities(report: CapabilitiesReport, options: CapabilitiesOptions, context: CommandContext): number {
  const { changes, unknown } = report;
  const differs = options.check === true && changes.length > 0;
  const code = unknown.length > 0 ? exitCodes.failure : differs ? exitCodes.problems : exitCodes.clean;
  if (options.json === true) context.out(`${JSON.stringify(toJson(report, code), null, 2)}\n`);
  else tell(report, options, context);
  return code;
}

function tell(
  { path, changes, unknown, notes, written }: CapabilitiesReport,
  options: CapabilitiesOptions,
  context: CommandContext,
) {
  const { out, err, palette } = context;
  for (const { fields, why, hint } of unknown)
    err(
      `${palette.error('unknown')}: ${fields.join(', ')}: ${why}\n${hint === undefined ? '' : `  ${palette.strong('→')} ${hint}\n`}`,
    );
  if (options.quiet === true) return;
  if (changes.length > 0) out(`${path}\n${changes.map((change) => `  ${describe(change)}\n`).join('')}`);
  for (const note of written ? notes : []) out(`${note}\n`);
  const count = palette.strong(
    changes.length === 0
      ? 'no fact differs'
      : `${plural(changes.length, 'fact')} ${written ? 'written' : changes.length === 1 ? 'differs' : 'differ'}`,
  );
  const seen = unknown.length === 0 ? '' : ', as far as could be seen';
  out(`${count}${seen}${written ? '; `stowage compile` holds the fleet against them' : ''}\n`);
}

function describe({ field, before, after }: FactChange): string {
  return `${field}: ${show(before)} → ${show(after)}`;
}

function show(value: unknown): string {
  if (value === undefined) return 'none';
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  return entries.length === 0 ? '{}' : `{ ${entries.map(([key, child]) => `${key}: ${show(child)}`).join(', ')} }`;
}

function toJson({ cluster, server, path, written, changes, unknown, notes, files }: CapabilitiesReport, code: number): unknown {
  return {
    command: 'capabilities',
    ok: code === exitCodes.clean,
    cluster,
    server,
    path,
    written,
    files: [...files.keys()],
    changes: changes.map(({ field, before, after }) => ({ field, before, after })),
    unknown,
    notes,
  };
}
