import type { StagePromotion } from '../language/promotion.ts';
import { generatedRoots } from '../model/output-paths.ts';
import { printable } from '../plan/printable.ts';
import { isInput } from '../publish/assign-files.ts';
import type { ChangeSet, FileChange } from '../publish/change-set.ts';
import { keyName } from '../publish/key.ts';
import { refusalsOf } from '../publish/publishable-files.ts';
import { applyIntent } from './apply-intent.ts';
import { type ChangedFile, type ChangedFleet, changeFleet } from './change-fleet.ts';
import type { Desk } from './desk.ts';
import { entriesOf, pastOf } from './earlier-entries.ts';
import type { Gate } from './gate.ts';
import { gatesOf, rulesFor } from './gates-of.ts';
import type { Intent } from './intent.ts';
import type { Order } from './order.ts';
import { planBump } from './plan-bump.ts';
import { planPromotion } from './plan-promotion.ts';
import { planRollback } from './plan-rollback.ts';
import type { State } from './read-state.ts';
import { type Nothing, type Refusal, refuse } from './refusal.ts';

/** A change that could be offered: what it is, all that follows from it, and what must hold first. */
export interface Proposal {
  readonly intent: Intent;
  readonly changed: ChangedFleet;
  readonly set: ChangeSet;
  readonly gates: readonly Gate[];
  /** What the stage that it goes to asks for. */
  readonly rules: StagePromotion;
}

export type Answer = Proposal | Refusal | Nothing;

/** The change on top of what the branch holds, compiled and proven; nothing is written. */
export async function propose(order: Order, state: State, desk: Desk): Promise<Answer> {
  const intent = await planOf(order, state, desk);
  if ('refused' in intent || 'nothing' in intent) return intent;
  const to = applyIntent(state.description.files, intent);
  if ('refused' in to) return to;
  const from = { files: state.description.files, rendered: state.rendered };
  const whole = changeFleet(from, to, intent.title, desk.options);
  if ('refused' in whole) return whole;
  // Where only the description is kept, the output follows when it is published.
  const keepsOutput = [...state.blobs.keys()].some((path) => isGenerated(path));
  const changed = keepsOutput ? whole : { ...whole, files: whole.files.filter(({ path }) => isInput(path)) };
  const stale = staleFile(changed.files, state, desk);
  if (stale !== undefined) return stale;
  const problem = await desk.prove(changed);
  if (problem !== undefined) return refuse(problem, 'this is a bug in the compiler: please report it');
  const stage = rulesFor(state.description, intent.environment);
  // What somebody changed past every review is looked at by a person now.
  const rules: StagePromotion = intent.purpose === 'absorb' ? { ...stage, merge: 'manual' } : stage;
  return { intent, changed, set: changeSetOf(intent, changed, state), gates: await gatesOf(intent, state, desk), rules };
}

async function planOf(order: Order, state: State, desk: Desk): Promise<Intent | Refusal | Nothing> {
  const { description, base } = state;
  if (order.kind === 'absorb') return order.plan(state, desk);
  if (order.kind === 'promote') return planPromotion(description, order);
  if (order.kind === 'bump') return planBump(description, order);
  const environment = description.environments.get(order.environment);
  const past = environment === undefined ? [] : await pastOf(environment.path, base, desk);
  return planRollback(description, order, entriesOf(past, order.system));
}

function isGenerated(path: string): boolean {
  return generatedRoots.some((root) => path.startsWith(`${root}/`));
}

/** What lies there must be what its description says, or the change would carry somebody's edit away or along. */
function staleFile(files: readonly ChangedFile[], { blobs }: State, { target, settings }: Desk): Refusal | undefined {
  const stale = files.find(({ path, before }) => blobs.get(path) !== (before === undefined ? undefined : target.blobId(before)));
  if (stale === undefined) return undefined;
  return refuse(
    `${printable(stale.path)} on branch ${settings.branch} is not what the description there says`,
    'somebody edited it, or merged without compiling: compile there and merge that first',
  );
}

function changeSetOf(intent: Intent, { files, diagnostics }: ChangedFleet, { blobs }: State): ChangeSet {
  const overlays = files.flatMap(({ path }) => /^overlays\/([^/]+\/[^/]+)\//.exec(path)?.[1] ?? []);
  const name = keyName(intent.key);
  const covers = [...new Set([name, ...overlays])].sort();
  const refusals = refusalsOf(diagnostics);
  return {
    key: intent.key,
    name,
    covers,
    files: files.map((file) => fileChange(file, blobs)),
    refusal: ['*', ...covers].map((one) => refusals.get(one)).find((block) => block !== undefined),
  };
}

function fileChange({ path, before, after }: ChangedFile, blobs: State['blobs']): FileChange {
  return {
    old: blobs.get(path),
    path,
    action: before === undefined ? 'create' : after === undefined ? 'remove' : 'update',
    text: after,
  };
}
