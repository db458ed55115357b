import type { Palette } from '../diagnostics/format-diagnostic.ts';
import type { SealingCertificate } from '../sealing/certificate.ts';
import { isAmiss, type KeyState, type KeyStatus, type SecretStatus } from '../sealing/seal-status.ts';

export interface FleetSealing {
  readonly statuses: readonly SecretStatus[];
  readonly certificates: ReadonlyMap<string, SealingCertificate | undefined>;
  /** Sealed files that no declaration stands for. */
  readonly orphans: readonly string[];
  readonly now: Date;
}

const columnsPerBlock = 6;
const day = 86_400_000;
/** Time enough to fetch another one. */
const soon = 30 * day;

/** Secrets by environments, then what somebody has to do something about. */
export function sealTable(
  { statuses, certificates, orphans, now }: FleetSealing,
  problemsOnly: boolean,
  palette: Palette,
): string {
  const problems = [
    ...statuses.filter(isAmiss).map((status) => problemText(status, palette)),
    ...orphans.map((path) => `${path}\n  nothing declares this secret: remove the file, or declare it\n`),
    ...[...certificates].flatMap(([cluster, certificate]) => certificateProblem(cluster, certificate, now)),
  ];
  const parts = [...(problemsOnly ? [] : matrix(statuses, now)), ...problems];
  if (!problemsOnly && problems.length === 0) parts.push('all that is declared and used is sealed\n');
  return parts.length === 0 ? '' : parts.join('\n');
}

function matrix(statuses: readonly SecretStatus[], now: Date): string[] {
  const environments = [...new Set(statuses.map(({ target }) => target.environment))];
  const cells = new Map<string, Map<string, string>>();
  for (const status of statuses) {
    const row = `${status.target.system}/${status.target.secret}`;
    cells.set(row, (cells.get(row) ?? new Map()).set(status.target.environment, cellText(status, now)));
  }
  const blocks: string[] = [];
  for (let from = 0; from < environments.length; from += columnsPerBlock) {
    const shown = environments.slice(from, from + columnsPerBlock);
    const lines = [
      ['', ...shown],
      ...[...cells]
        .map(([row, byEnvironment]) => [row, ...shown.map((environment) => byEnvironment.get(environment) ?? '')])
        .filter((line) => line.slice(1).some((cell) => cell !== '')),
    ];
    const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => (line[column] as string).length))) ?? [];
    blocks.push(
      lines
        .map(
          (line) =>
            `${line
              .map((cell, column) => cell.padEnd(widths[column] as number))
              .join('  ')
              .trimEnd()}\n`,
        )
        .join(''),
    );
  }
  return blocks;
}

/** The worst of its keys; when all is well, how old the oldest value is. */
function cellText({ target, keys, otherScope }: SecretStatus, now: Date): string {
  if (target.external) return 'in a store';
  const count = (state: KeyState) => keys.filter((key) => key.state === state).length;
  if (!target.used) return 'not used';
  if (count('elsewhere') > 0) return 'would not unseal';
  if (count('missing') > 0) return `${count('missing')} missing`;
  if (count('stale') > 0) return 'stale';
  if (otherScope !== undefined) return otherScope;
  if (count('other certificate') > 0) return 'other certificate';
  if (count('unknown certificate') > 0) return 'unknown certificate';
  const unread = keys.filter((key) => key.unread).length;
  if (unread > 0) return `${unread} not read`;
  const oldest = keys.flatMap(({ since }) => since ?? []).sort()[0];
  return oldest === undefined ? 'sealed' : `sealed ${Math.max(0, Math.floor((now.getTime() - Date.parse(oldest)) / day))} d`;
}

const remedies: Record<KeyState, string | undefined> = {
  sealed: undefined,
  default: undefined,
  missing: 'missing',
  elsewhere:
    'sealed for another namespace or name: it would not unseal here; give its value again, or `--rotate-certificate --private-key`',
  stale: 'its text is composed otherwise by now: seal it again',
  'other certificate': "sealed for another certificate than the cluster's: `stowage seal --rotate-certificate`",
  'unknown certificate': 'sealed by other means: for which certificate is not known',
};

function problemText({ target, keys, otherScope, path }: SecretStatus, palette: Palette): string {
  const { environment, system, secret, scope, used } = target;
  const lines = keys.flatMap((key) => {
    const texts = [...(used ? [remedies[key.state]] : []), unreadText(key)].filter((text) => text !== undefined);
    return texts.map((text) => `  ${key.key}: ${text}${key.readers.length > 0 ? ` (read by ${key.readers.join(', ')})` : ''}\n`);
  });
  if (otherScope !== undefined)
    lines.push(
      `  sealed ${otherScope}, and declared ${scope}: give all its values again, or \`--rotate-certificate --private-key\`\n`,
    );
  const missing = used && keys.some(({ state }) => state === 'missing' || state === 'elsewhere' || state === 'stale');
  const makes =
    used &&
    keys.every(({ state, canBeMade }) => state === 'sealed' || state === 'default' || (canBeMade && state !== 'elsewhere'));
  const remedy = missing
    ? `  ${palette.strong('→')} stowage seal -e ${environment} -s ${system} ${secret}${makes ? ' --generate' : ''}\n`
    : '';
  return `${palette.strong(`${environment}/${system} ${secret}`)} (${path})\n${lines.join('')}${remedy}`;
}

function unreadText({ unread }: KeyStatus): string | undefined {
  return unread ? 'sealed, and nothing reads it' : undefined;
}

function certificateProblem(cluster: string, certificate: SealingCertificate | undefined, now: Date): string[] {
  if (certificate === undefined) return [];
  const left = certificate.notAfter.getTime() - now.getTime();
  const date = certificate.notAfter.toISOString().slice(0, 10);
  if (left < 0)
    return [`the certificate of cluster ${cluster} expired on ${date}: \`stowage seal --fetch-cert\` gets the current one\n`];
  return left < soon ? [`the certificate of cluster ${cluster} expires on ${date}\n`] : [];
}
