import type { StagePromotion } from '../language/promotion.ts';
import type { DeploymentStatus, UnknownStatus } from './deployment-status.ts';
import { type Description, settingsOf } from './description.ts';
import type { Desk } from './desk.ts';
import type { Gate } from './gate.ts';
import { healthGates } from './health-gate.ts';
import type { Intent } from './intent.ts';
import { openingAt } from './opening-hours.ts';
import type { State } from './read-state.ts';

/** What must hold before a change goes on: that others have it, that it ran well, and that it is time. */
export async function gatesOf(intent: Intent, state: State, desk: Desk): Promise<Gate[]> {
  // Who takes something back is in a hurry; Argo CD keeps to freeze windows all the same. What is absorbed runs already.
  if (intent.purpose === 'rollback' || intent.purpose === 'absorb' || intent.environment === undefined) return [];
  const wave = intent.leftBehind.map((text): Gate => ({ kind: 'wave', state: 'waiting', text }));
  const health = await Promise.all(intent.verifiedIn.map((name) => healthIn(name, intent, state, desk)));
  return [...wave, ...health.flat(), ...windowGate(intent.environment, intent.system, state.description, desk.now())];
}

export function rulesFor(description: Description, environment: string | undefined): StagePromotion {
  const stage = description.environments.get(environment ?? '')?.spec.stage;
  const stages = description.spec.stages ?? {};
  return (stage !== undefined && Object.hasOwn(stages, stage) ? stages[stage]?.promotion : undefined) ?? {};
}

export function windowGate(environment: string, system: string, description: Description, now: Date): Gate[] {
  const described = description.environments.get(environment);
  if (described === undefined) return [];
  const { windows, exceptions } = rulesFor(description, environment);
  const freeze = [...(described.spec.freeze ?? []), ...(settingsOf(described, system)?.freeze ?? [])];
  if (windows === undefined && exceptions === undefined && freeze.length === 0) return [];
  const opening = openingAt({ windows, exceptions, freeze }, now);
  if (opening.open) return [{ kind: 'window', state: 'open', text: `${environment} is open for promotions` }];
  const next = opening.next === undefined ? {} : { until: opening.next.toISOString() };
  return [{ kind: 'window', state: 'waiting', text: `${environment} is closed: ${opening.why}`, ...next }];
}

async function healthIn(environment: string, { system, ...intent }: Intent, state: State, desk: Desk): Promise<Gate[]> {
  const status = await desk.askStatus(state.description)(environment, system);
  const known = new Map<string, boolean | undefined>();
  for (const revision of revisionsOf(status)) {
    if (!known.has(revision)) known.set(revision, await holds(revision, environment, system, state, desk));
    // What was deployed before something else does not count, and need not be fetched.
    if (known.get(revision) !== true) break;
  }
  return healthGates({
    status,
    isPromoted: (revision) => known.get(revision),
    soak: rulesFor(state.description, intent.environment).soak,
    now: desk.now(),
  });
}

function revisionsOf(status: DeploymentStatus | UnknownStatus | undefined): string[] {
  if (status === undefined || 'unknown' in status) return [];
  return [...(status.revision === undefined ? [] : [status.revision]), ...status.history.map(({ revision }) => revision)];
}

/** Whether a commit has the overlay and bases of a system as its description says: that is what is promoted. */
async function holds(
  revision: string,
  environment: string,
  system: string,
  { rendered }: State,
  { deployed }: Desk,
): Promise<boolean | undefined> {
  const { target, path: folder } = await deployed();
  if (!(await target.fetchCommit(revision))) return undefined;
  const folders = rendered.units.get(`overlays/${environment}/${system}`)?.facts?.folders ?? [];
  const prefix = folder === '' ? '' : `${folder}/`;
  const inside = (path: string) => folders.some((folder) => path.startsWith(`${folder}/`));
  const theirs = await target.files(revision, (path) => path.startsWith(prefix) && inside(path.slice(prefix.length)));
  const units = folders.flatMap((name) => rendered.units.get(name) ?? []);
  const ours = units.flatMap(({ contents }) => [...(contents ?? [])]);
  return theirs.size === ours.length && ours.every(([path, text]) => theirs.get(prefix + path) === target.blobId(text));
}
