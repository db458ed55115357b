import type { Cell } from '../../report/report.ts';
import { rangeText, resourceName } from '../base/amount-text.ts';
import { type LoadShare, overBudget } from '../base/load-shares.ts';
import { routeTo } from '../base/route.ts';

/** One thing that somebody should know of a system in an environment; where all is well there is none. */
export interface CellSign {
  readonly text: string;
  readonly tone: 'bad' | 'warn' | 'accent' | 'quiet';
  readonly means: string;
  /** Where more is said of it. */
  readonly href: string;
  /** Whether somebody has to do something. */
  readonly calls: boolean;
}

export function cellSigns(cell: Cell): CellSign[] {
  return [
    ...staleSigns(cell),
    ...changeSigns(cell),
    ...driftSigns(cell),
    ...secretSigns(cell),
    ...loadSigns(cell),
    ...next(cell),
  ];
}

export function needsAttention(cell: Cell): boolean {
  return cellSigns(cell).some(({ calls }) => calls);
}

function staleSigns({ stale }: Cell): CellSign[] {
  if (!stale) return [];
  const means = 'It has errors now: what is shown is what it was before';
  return [{ text: 'stale', tone: 'bad', means, href: routeTo('problems'), calls: true }];
}

function changeSigns({ changes, environment, system }: Cell): CellSign[] {
  if (changes === null || changes.objects + changes.hazards === 0) return [];
  const href = routeTo('change', [], { environment, system });
  const means = `${counted(changes.objects, 'object')} not yet as the description says`;
  const changed: CellSign = { text: `${changes.objects} changed`, tone: 'accent', means, href, calls: true };
  if (changes.hazards === 0) return [changed];
  const hazards = counted(changes.hazards, 'hazard');
  return [changed, { text: hazards, tone: 'bad', means: `${hazards} in what would change`, href, calls: true }];
}

function driftSigns({ drift, environment, system }: Cell): CellSign[] {
  if (drift === null) return [];
  const href = routeTo('drift', [], { text: `${environment}/${system}` });
  const sign = (count: number, word: string, tone: CellSign['tone'], means: string): CellSign[] =>
    count === 0 ? [] : [{ text: `${count} ${word}`, tone, means, href, calls: tone !== 'quiet' }];
  return [
    ...sign(drift.new, 'drifted', 'warn', `${counted(drift.new, 'difference')} that nobody accepted`),
    ...sign(drift.expired, 'expired', 'warn', `${counted(drift.expired, 'difference')} accepted for a time that is over`),
    ...sign(drift.accepted, 'accepted', 'quiet', `${counted(drift.accepted, 'difference')} that somebody accepted`),
  ];
}

function secretSigns({ secrets, environment, system }: Cell): CellSign[] {
  const { length } = secrets.missing;
  if (length === 0) return [];
  const means = `Not sealed for this cluster: ${secrets.missing.join(', ')}`;
  return [{ text: `${length} unsealed`, tone: 'bad', means, href: routeTo('system', [system, environment]), calls: true }];
}

function loadSigns({ load, environment, system }: Cell): CellSign[] {
  const beyond = overBudget(load);
  if (beyond.length === 0) return [];
  const href = routeTo('system', [system, environment]);
  return [{ text: 'over budget', tone: 'bad', means: beyond.map(beyondText).join('; '), href, calls: true }];
}

/** What an exceeding is about: `Memory 9 → 12 Gi of 8 Gi`. */
export function beyondText({ resource, minimum, maximum, allowed = 0 }: LoadShare): string {
  const there = rangeText(resource, allowed, allowed);
  return `${resourceName(resource)} ${rangeText(resource, minimum, maximum)} of ${there}`;
}

function next({ promotion, system, environment }: Cell): CellSign[] {
  if (promotion === null) return [];
  const { pullRequest, waits } = promotion;
  const means = [promotion.next ?? `Pull request ${pullRequest}`, ...waitTexts(waits)].join('; ');
  const text = pullRequest === null ? 'promotion' : `promotion #${pullRequest}`;
  return [{ text, tone: 'accent', means, href: routeTo('promotion', [system], { to: environment }), calls: true }];
}

export function waitTexts(waits: readonly string[] | null): string[] {
  if (waits === null) return [];
  return waits.length === 0 ? ['waits for nothing'] : waits.map((wait) => `waits: ${wait}`);
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
