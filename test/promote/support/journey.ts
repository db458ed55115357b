import { expect } from 'vitest';
import { type ChangeResult, carryOut } from '../../../src/promote/carry-out.ts';
import type { DeploymentStatus, UnknownStatus } from '../../../src/promote/deployment-status.ts';
import type { Desk } from '../../../src/promote/desk.ts';
import type { Order } from '../../../src/promote/order.ts';
import { compileClean } from '../../support/compile-fleet.ts';
import { git } from '../../support/git-folder.ts';
import { type FleetHost, isGenerated } from './fleet-host.ts';
import { openTestDesk } from './test-desk.ts';

/** A repository, the time, and what Argo CD says of environments: a test sets both as it goes. */
export interface Journey {
  readonly host: FleetHost;
  readonly desk: Desk;
  readonly world: Outside;
}

interface Outside {
  time: string;
  readonly runs: Map<string, DeploymentStatus | UnknownStatus>;
}

/** Production of the fleet that travels is open at this time: it is a Monday. */
export const monday = '2026-06-01T10:00:00Z';

export async function setOut(host: FleetHost, time = monday, runs: Outside['runs'] = new Map()): Promise<Journey> {
  const world: Outside = { time, runs: new Map(runs) };
  const { desk } = await openTestDesk(host.folder, {
    now: () => new Date(world.time),
    statusOf: (environment) => world.runs.get(environment),
  });
  return { host, desk, world };
}

/** The same world, in which the repository goes a way of its own from here. */
export function branchOff({ host, world }: Journey): Promise<Journey> {
  return setOut(host.copy(), world.time, world.runs);
}

export const preview = (order: Order, { desk }: Journey) => carryOut(order, desk, { dryRun: true, due: false });
export const act = (order: Order, { desk }: Journey) => carryOut(order, desk, { dryRun: false, due: false });

export function promotion(to: string, more: Partial<Extract<Order, { kind: 'promote' }>> = {}): Order {
  return { kind: 'promote', system: 'shop', to, include: [], ...more };
}

/** Every ref with where it is: what anybody could see of the repository. */
export const refsOf = ({ host }: Journey): string => git(host.folder, 'for-each-ref');

/** Merges what was opened; the branch is then what its description means. Gives back the commit. */
export async function merge(opened: ChangeResult, journey: Journey): Promise<string> {
  const landed = await land(opened, journey);
  await expectCompiled(journey.host);
  return landed;
}

/** After somebody approved of it. What lands is what was shown, and nothing else. */
export async function land({ pullRequest, proposal }: ChangeResult, { host, desk }: Journey): Promise<string> {
  const number = pullRequest?.number as number;
  const before = await host.files();
  const pull = await desk.forge.get(number);
  await desk.forge.approve?.(number, 'reviewer', pull?.head.sha as string);
  await desk.forge.merge(number, { sha: pull?.head.sha as string, method: 'merge' });
  expectShown(proposal, before, await host.files());
  return host.head();
}

/** What has changed is what was shown, file by file, and nothing else has. */
export function expectShown(
  proposal: ChangeResult['proposal'],
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): void {
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
  const shown = new Map(proposal?.set.files.map(({ path, text }) => [path, text]));
  expect(new Map(changed.map((path) => [path, after.get(path)]))).toEqual(shown);
}

/** What is generated is what the description means, file by file, and there is nothing else. */
export async function expectCompiled(host: FleetHost): Promise<void> {
  const generated = new Map([...(await host.files())].filter(([path]) => isGenerated(path)));
  expect(generated).toEqual(compileClean(await host.inputs()).outputs);
}
