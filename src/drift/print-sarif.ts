import { digestOf } from '../model/digest.ts';
import { printableLine } from '../plan/printable.ts';
import { describeDifference } from './describe-difference.ts';
import { type Difference, type What, whats } from './difference.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { baselinePath } from './read-baselines.ts';

const rules: Readonly<Record<What, string>> = {
  changed: 'A declared field has another value, or is not there.',
  added: 'A field that nothing declares, by the hand of a person.',
  leftover: 'A field or an object that was declared once, and that the deployer left.',
  missing: 'A declared object that is not there.',
  recreated: 'A namespace that was made anew, with all that it held gone.',
  foreign: 'An object that nothing declares, in a namespace that the fleet manages.',
  overwritten: 'A Secret whose value somebody else than its controller wrote.',
  'not-unsealed': 'A sealed secret that its controller did not open.',
  stuck: 'An Application that fails, or does not get on.',
  unpublished: 'A generated file that is not as the description compiles to.',
  differs: 'A field that promotion carries or holds, and that another environment has otherwise.',
};

export interface SarifOptions {
  readonly version: string;
  readonly failing: readonly LedgerEntry[];
  /** The fleet's folder below that of the repository, with a slash at its end. */
  readonly prefix?: string;
}

/** SARIF 2.1.0, for hosts that show findings beside the lines of the description. */
export function printSarif(ledger: Ledger, { version, failing, prefix = '' }: SarifOptions): string {
  const failed = new Set(failing);
  const { unseen, entries, at } = ledger;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Stowage',
            version,
            rules: whats.map((what) => ({
              id: `drift/${what}`,
              shortDescription: { text: rules[what] },
              defaultConfiguration: { level: what === 'differs' ? 'note' : 'error' },
            })),
          },
        },
        automationDetails: { id: `stowage-drift/${ledger.clusters.join(',')}/` },
        invocations: [
          {
            executionSuccessful: unseen.length === 0,
            endTimeUtc: at,
            ...(unseen.length > 0 && {
              toolExecutionNotifications: unseen.map(({ cluster, what, why, hint }) => ({
                level: 'error',
                message: {
                  text: `not seen: ${[cluster, what, why, hint]
                    .filter(Boolean)
                    .map((text) => printableLine(text as string))
                    .join(': ')}`,
                },
              })),
            }),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: entries.map((entry) => resultOf(entry, failed.has(entry), prefix)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(entry: LedgerEntry, fails: boolean, prefix: string) {
  const { difference, standing, entry: accepted } = entry;
  const { id, what, because } = difference;
  const fingerprint = digestOf(difference.cluster, id).slice(0, 32);
  const places = because.map(readPlace).filter((place) => place !== undefined);
  const [first = { path: baselinePath(difference.cluster), line: 1 }, ...others] = places;
  return {
    ruleId: `drift/${what}`,
    ruleIndex: whats.indexOf(what),
    level: fails ? 'error' : 'note',
    message: { text: messageOf(entry) },
    locations: [{ ...locationOf(first, prefix), logicalLocations: [logicalLocation(difference)] }],
    ...(others.length > 0 && { relatedLocations: others.map((place) => locationOf(place, prefix)) }),
    // Hosts take the latter for the line's; several differences may stem from one line, so that it must tell them apart.
    partialFingerprints: { 'stowageDifference/v1': fingerprint, primaryLocationLineHash: `${fingerprint}:1` },
    ...(standing === 'accepted' && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: `${accepted?.reason} (${accepted?.owner}, until ${accepted?.until})`,
        },
      ],
    }),
    properties: { id, between: difference.between, cluster: difference.cluster, standing },
  };
}

function messageOf(entry: LedgerEntry): string {
  const { object, field, values, summary, owner, acceptance } = describeDifference(entry);
  const what = [object, field].filter((word) => word !== undefined).join(' ');
  const where = entry.difference.overlay ?? entry.difference.cluster;
  const lines = [
    `${where}: ${what === '' ? '' : `${what} `}${summary}${values === undefined ? '' : `: ${values.declared} → ${values.live}`}`,
    ...(owner === undefined ? [] : [`By ${owner}`]),
    ...(acceptance === undefined ? [] : [acceptance]),
    entry.difference.advice,
  ];
  return lines.map(printableLine).join('\n');
}

/** `clusters/dev/dev.yaml:14`, also with a column behind it. */
function readPlace(text: string): { readonly path: string; readonly line: number } | undefined {
  const match = /^(.+?):([1-9][0-9]*)(?::[0-9]+)?$/.exec(text);
  return match === null ? undefined : { path: match[1] as string, line: Number(match[2]) };
}

function locationOf({ path, line }: { readonly path: string; readonly line: number }, prefix: string) {
  const uri = `${prefix}${path}`.split('/').map(encodeURIComponent).join('/');
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: line } } };
}

function logicalLocation({ id, object }: Difference) {
  return { fullyQualifiedName: id, kind: object === undefined ? 'resource' : 'object' };
}
