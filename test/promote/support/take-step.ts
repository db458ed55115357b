import { type ChangeResult, carryOut } from '../../../src/promote/carry-out.ts';
import { nextRelease } from '../../../src/promote/compare-releases.ts';
import type { Order } from '../../../src/promote/order.ts';
import { parseBumps } from '../../../src/promote/parse-bump.ts';
import { promoteAll } from '../../../src/promote/promote-all.ts';
import { lookAround } from '../../../src/promote/surroundings.ts';
import { keyOfBranch } from '../../../src/publish/key.ts';
import { releaseDigest } from '../../../src/read/read-release.ts';
import { Failure } from '../../../src/store/fail.ts';
import { checkLiveMerge, checkOffer, checkOverrides, checkPreview, checkQuiet } from './check-offer.ts';
import { compiledState } from './compiled-state.ts';
import { compiledChanges, editByHand, withoutNonsense } from './edit-by-hand.ts';
import { frozen, type SystemName } from './four-environments.ts';
import { branchPrefix, mainBranch } from './host.ts';
import type { HandEdit, Step } from './step.ts';
import { violation } from './violation.ts';
import { commitByPerson, mainOf, type World } from './world.ts';

/** Lets it happen; what a person would be told is no failure. */
export async function takeStep(step: Step, world: World): Promise<string> {
  switch (step.do) {
    case 'promote':
      return carry({ kind: 'promote', system: step.system, to: step.to, include: await included(step, world) }, world);
    case 'override': {
      const order = { kind: 'promote' as const, system: step.system, to: step.to, from: step.from, include: [] };
      return carry({ ...order, override: 'customers wait' }, world);
    }
    case 'roll back':
      return carry({ kind: 'rollback', system: step.system, environment: step.environment, include: [], accept: [] }, world);
    case 'bump':
      return carry(bumpOrder(step), world);
    case 'edit':
      return edit(step.edit, step.compiled, world);
    case 'freeze':
      return freeze(step.system, world);
    case 'repair':
      return repair(world);
    case 'due':
      return due(world);
    case 'pass': {
      const { followed, sick, minutes } = step;
      for (const environment of followed) world.argo.follow(environment, mainOf(world), world.desk.now(), sick);
      world.clock.now += minutes * 60_000;
      return 'done';
    }
    default:
      return onPullRequest(step, world);
  }
}

async function included({ system, to, as }: Extract<Step, { do: 'promote' }>, { desk }: World): Promise<string[]> {
  const around = as === 'usual' ? undefined : await lookAround(desk);
  if (around === undefined || 'refused' in around) return [];
  const result = await carryOut({ kind: 'promote', system, to, include: [] }, desk, { dryRun: true, due: false }, around);
  const held = result.proposal?.intent.fields.find((field) => field.class === 'hold');
  return held === undefined ? [] : [held.name];
}

function bumpOrder({ system, version, ...step }: Extract<Step, { do: 'bump' }>): Order {
  const image = `web=example/${system}:1.${version}.0@sha256:${String(version).repeat(64)}`;
  const bumps = parseBumps([image], { resolve: false });
  if ('problem' in bumps) throw new Error(bumps.problem);
  return { kind: 'bump', system, environment: step.in === 'head' ? undefined : step.in, bumps };
}

/** Shows it first, then does it: what is done must be what was shown. */
async function carry(order: Order, world: World): Promise<string> {
  const { desk } = world;
  const base = mainOf(world);
  const around = await lookAround(desk);
  const preview = 'refused' in around ? undefined : await carryOut(order, desk, { dryRun: true, due: false }, around);
  const result = await carryOut(order, desk, { dryRun: false, due: false });
  checkPreview(preview, result, base, world);
  await checkOffer(result, base, world);
  return told(result);
}

async function due(world: World): Promise<string> {
  const { desk } = world;
  const before = new Map(world.offers);
  const first = await promoteAll({}, desk, { dryRun: false, due: true });
  if ('refused' in first) {
    if (compiledState(world.host.read(mainOf(world))).description !== undefined) violation('a sound description is refused');
    return first.refused;
  }
  for (const result of first) await checkOffer(result, undefined, world);
  checkOverrides(before, world);
  await checkQuiet(world, () => promoteAll({}, desk, { dryRun: false, due: true }));
  return first.map((result) => `${result.key} ${told(result)}`).join('; ');
}

async function edit(made: HandEdit, compiled: boolean, world: World): Promise<string> {
  const files = world.host.read(mainOf(world));
  const isBroken = compiledState(files).description === undefined;
  if (isBroken && compiled) return 'it cannot be compiled';
  const changes = isBroken ? undefined : editByHand(files, made);
  if (changes === undefined) return 'nothing to edit';
  const all = compiled && made.kind !== 'broken' ? compiledChanges(files, changes) : changes;
  await commitByPerson(world, mainBranch, all, `Edit ${made.kind}`);
  return 'done';
}

async function repair(world: World): Promise<string> {
  const files = world.host.read(mainOf(world));
  const changes = compiledChanges(files, withoutNonsense(files));
  if (changes.size > 0) await commitByPerson(world, mainBranch, changes, 'Compile');
  return changes.size > 0 ? 'done' : 'nothing to repair';
}

async function freeze(system: SystemName, world: World): Promise<string> {
  const files = world.host.read(mainOf(world));
  const { description } = compiledState(files);
  if (description === undefined) return 'it cannot be compiled';
  const inputs = description.inputs.releases.filter((input) => input.system === system);
  const digests = inputs.map((input) => releaseDigest(description.files, input));
  const head = digests[inputs.findIndex(({ release }) => release === 'head')];
  if (digests.filter((digest) => digest === head).length > 1) return 'the head is frozen already';
  const name = nextRelease(inputs.map(({ release }) => release));
  await commitByPerson(world, mainBranch, compiledChanges(files, frozen(files, system, name)), `Freeze ${system} ${name}`);
  return name;
}

async function onPullRequest(step: Extract<Step, { which: number }>, world: World): Promise<string> {
  const { forge } = world.desk;
  const open = await forge.list('open');
  const pull = open[step.which % Math.max(open.length, 1)];
  if (pull === undefined) return 'none is open';
  const { number, head } = pull;
  if (step.do === 'approve') {
    await forge.approve?.(number, 'ann', head.sha);
    world.approved.add(head.sha);
  }
  if (step.do === 'close') await forge.close(number);
  if (step.do === 'push') await push(step.edit, pull, world);
  if (step.do === 'merge') {
    const before = mainOf(world);
    try {
      await forge.merge(number, { sha: head.sha, method: 'merge' });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      checkLiveMerge(head.sha, before, error, world);
      return error.message;
    }
  }
  return `#${number} ${head.branch}`;
}

async function push(
  kind: 'comment' | 'local',
  { number, head }: { number: number; head: { branch: string; sha: string } },
  world: World,
) {
  const { branch, sha } = head;
  const [, purpose = ''] = branch.split('/');
  const key = keyOfBranch(branch, branchPrefix, purpose);
  const environment = key?.scope === 'system' ? key.environment : 'dev';
  const files = world.host.read(sha);
  const made = { kind, system: 'shop', environment, value: 7 } as HandEdit;
  const changes = editByHand(files, made);
  if (changes === undefined) return;
  const commit = await commitByPerson(world, branch, compiledChanges(files, changes), `Review: ${kind}`);
  world.pushed.push({ number, branch, sha: commit });
}

function told({ outcome, pullRequest, reason }: ChangeResult): string {
  return [outcome, pullRequest === undefined ? undefined : `#${pullRequest.number}`, reason].filter(Boolean).join(' ');
}
