import { isOurs } from '../../../src/publish/commit-message.ts';
import { keyName, keyOfBranch } from '../../../src/publish/key.ts';
import { differences, violation } from './check-offer.ts';
import { compiledState } from './compiled-state.ts';
import { fieldsOfClass, promotedSet } from './entries.ts';
import { environments, systems } from './four-environments.ts';
import { branchPrefix, mainBranch } from './host.ts';
import type { Offer, World } from './world.ts';
import { commentsOf, textBeside } from './written-text.ts';

/** Looks at every commit that the branch came to, one after the other. */
export interface Watch {
  readonly look: () => Promise<void>;
}

interface Landed {
  readonly id: string;
  readonly parent: string;
  /** Undefined for a person's own commit. */
  readonly offer: Offer | undefined;
  /** Whether something that a person put on top of an offer came along. */
  readonly personal: boolean;
}

export function watch(world: World): Watch {
  const { host, desk } = world;
  let seen = host.heads().get(mainBranch) as string;
  /** What ran where, in the order of the branch. */
  const ran = new Map<string, string[]>();
  rememberFrom(seen);

  function rememberFrom(id: string): void {
    for (const parent of host.commit(id).parents) rememberFrom(parent);
    remember(id);
  }

  function remember(id: string): void {
    const { description } = compiledState(host.read(id));
    if (description === undefined) return;
    for (const environment of environments)
      for (const system of systems) {
        const name = `${environment}/${system}`;
        ran.set(name, [...(ran.get(name) ?? []), promotedSet(description, environment, system)]);
      }
  }

  function landedSince(): Landed[] {
    const landed: Landed[] = [];
    let at = host.heads().get(mainBranch) as string;
    const head = at;
    while (at !== seen) {
      const commit = host.commit(at);
      const [parent, merged] = commit.parents;
      if (parent === undefined) violation('the branch lost what it held');
      landed.unshift({ id: at, parent, ...(merged === undefined ? direct(at) : viaMerge(merged)) });
      at = parent;
    }
    seen = head;
    return landed;
  }

  function direct(id: string): Pick<Landed, 'offer' | 'personal'> {
    if (!isOurs(host.commit(id))) return { offer: undefined, personal: true };
    return { offer: world.offers.get(id) ?? violation('nobody saw what landed', id), personal: false };
  }

  function viaMerge(merged: string): Pick<Landed, 'offer' | 'personal'> {
    let at = merged;
    while (!isOurs(host.commit(at))) at = host.commit(at).parents[0] ?? violation('somebody merged what nobody offered');
    return { offer: world.offers.get(at) ?? violation('nobody saw what was merged', at), personal: at !== merged };
  }

  return {
    look: async () => {
      for (const landed of landedSince()) {
        if (landed.offer !== undefined) checkLanded(landed, landed.offer, ran, world);
        remember(landed.id);
      }
      const all = await desk.forge.list('all');
      checkPushed(world, new Map(all.map(({ number, head }) => [number, head.sha])));
      const open = all.filter(({ state }) => state === 'open');
      const keys = open.flatMap(({ head }) =>
        ['promote', 'rollback', 'bump'].flatMap((purpose) => keyOfBranch(head.branch, branchPrefix, purpose) ?? []),
      );
      const names = keys.map(keyName);
      const twice = names.find((name, index) => names.indexOf(name) !== index);
      if (twice !== undefined) violation('two pull requests are about the same', twice);
    },
  };
}

function checkLanded({ id, parent, personal }: Landed, offer: Offer, ran: ReadonlyMap<string, string[]>, { host }: World): void {
  const [before, after] = [host.read(parent), host.read(id)];
  const [was, is] = [compiledState(before), compiledState(after)];
  if (was.description === undefined) return;
  if (is.description === undefined) violation('what was merged does not compile');
  const spoilt = is.stale.filter((path) => !was.stale.includes(path));
  if (spoilt.length > 0) violation('what was merged is not what its description says', spoilt);
  if (parent === offer.base && !personal) {
    const changed = differences(before, after);
    const other = [...changed].find(([path, text]) => offer.files.get(path) !== text);
    if (other !== undefined || changed.size !== offer.files.size) violation('something else landed than was shown', other?.[0]);
  }
  for (const environment of environments) {
    const path = `clusters/${environment}/${environment}.yaml`;
    checkText(path, before.get(path) as string, after.get(path) as string, offer, personal);
    for (const system of systems) {
      const own = environment === offer.environment && system === offer.system;
      for (const kind of ['local', 'hold', 'carry'] as const) {
        const same =
          fieldsOfClass(kind, was.description, environment, system) === fieldsOfClass(kind, is.description, environment, system);
        const allowed =
          (own && (kind === 'carry' || (kind === 'hold' && offer.include.length > 0))) || (kind === 'local' && personal);
        if (!same && !allowed) violation(`${offer.purpose} changed a field of class ${kind}`, `${environment}/${system}`);
      }
      const set = promotedSet(is.description, environment, system);
      if (own && set !== promotedSet(was.description, environment, system)) checkSet(set, offer, ran);
    }
  }
}

const wavesBefore: Readonly<Record<string, string>> = { staging: 'dev', 'prod-a': 'staging', 'prod-b': 'staging' };

function checkSet(
  set: string,
  { purpose, environment = '', system, overridden }: Offer,
  ran: ReadonlyMap<string, string[]>,
): void {
  const own = ran.get(`${environment}/${system}`) ?? [];
  if (purpose === 'rollback') {
    if (!own.includes(set)) violation('a rollback leads to what never ran', set);
    return;
  }
  if (purpose === 'bump' || overridden) return;
  const source = wavesBefore[environment] ?? '';
  if (ran.get(`${source}/${system}`)?.includes(set) !== true) violation(`${environment} runs what ${source} never had`, set);
}

/** Comments survive, and so does each byte beside what was edited. */
function checkText(path: string, before: string, after: string, { system, include }: Offer, personal: boolean): void {
  if (before === after) return;
  const lost = commentsOf(before).filter((comment) => !commentsOf(after).includes(comment));
  if (lost.length > 0) violation(`comments of ${path} are lost`, lost);
  if (before.includes('\r\n') && /[^\r]\n/.test(after)) violation(`${path} has lost line ends`);
  if (personal) return;
  const entry = ['spec', 'systems', system];
  const names = ['release', 'parameters.epochs', 'components.web.image', ...include];
  const paths = names.map((name) => [...entry, ...name.split('.')]);
  if (textBeside(before, paths) !== textBeside(after, paths))
    violation(`${path} changed beside what was meant`, { before, after });
}

/** A commit of a person stays on its branch, or in what was merged or closed. */
function checkPushed({ host, pushed }: World, offered: ReadonlyMap<number, string>): void {
  for (const { branch, sha, number } of pushed) {
    const head = host.heads().get(branch);
    const reached = [head, host.heads().get(mainBranch), offered.get(number)].some(
      (id) => id !== undefined && reaches(host, id, sha),
    );
    if (!reached) violation('a commit of a person is overwritten', { branch, sha });
  }
}

function reaches(host: World['host'], from: string, sha: string): boolean {
  const next = [from];
  const known = new Set<string>();
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (id === sha) return true;
    if (known.has(id)) continue;
    known.add(id);
    next.push(...host.commit(id).parents);
  }
  return false;
}
