import type { DriftEntry } from '../../report/report.ts';
import { shellWord } from '../base/shell-word.ts';

export interface SettleCommand {
  readonly purpose: string;
  readonly command: string;
}

const notAbsorbed = ['missing', 'recreated', 'foreign', 'stuck', 'overwritten', 'not-unsealed'];
const notReverted = ['stuck', 'not-unsealed'];

/** What a terminal may take for something else than text, even where it stands in quotes. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Calls that settle a difference, of those that can do it; none where its id is not safe to paste. */
export function settleCommands(entry: DriftEntry, at: string): SettleCommand[] {
  const { id, cluster, standing, accepted } = entry;
  if (unsafe.test(id) || unsafe.test(cluster)) return [];
  const where = `--cluster ${shellWord(cluster)}`;
  const said = (text: string | undefined, open: string) => shellWord(text === undefined || unsafe.test(text) ? open : text);
  const terms = [
    `--reason ${said(accepted?.reason, '<why it may stay>')}`,
    `--owner ${said(accepted?.owner, '<who answers for it>')}`,
    `--until ${aMonthAfter(at)}`,
  ];
  return [
    {
      purpose: standing === 'new' ? 'Accept it for a while' : 'Accept it for longer',
      command: `stowage drift accept ${shellWord(id)} ${[where, ...terms].join(' ')}`,
    },
    ...(canAbsorb(entry)
      ? [{ purpose: 'Declare what is there, by pull request', command: `stowage drift ${where} --absorb ${shellWord(id)}` }]
      : []),
    ...(canRevert(entry)
      ? [{ purpose: 'Put back what is declared', command: `stowage drift ${where} --revert ${shellWord(id)}` }]
      : []),
  ];
}

function canAbsorb({ between, what, overlay, object, field, concealed }: DriftEntry): boolean {
  if (between !== 'cluster' || concealed || notAbsorbed.includes(what)) return false;
  return overlay !== null && field !== null && object !== null && !/^(Sealed)?Secret\//.test(object);
}

function canRevert({ between, what }: DriftEntry): boolean {
  return between === 'repository' || (between === 'cluster' && !notReverted.includes(what));
}

function aMonthAfter(at: string): string {
  return new Date(Date.parse(at) + 30 * 86_400_000).toISOString().slice(0, 10);
}
