import { isOurs } from '../../../src/publish/commit-message.ts';
import { keyName, keyOfBranch } from '../../../src/publish/key.ts';
import { checkLanded, type Landed, type Past } from './check-landed.ts';
import { compiledState } from './compiled-state.ts';
import { fieldsOfClass, promotedSet } from './entries.ts';
import { environments, systems } from './four-environments.ts';
import { branchPrefix, mainBranch } from './host.ts';
import { violation } from './violation.ts';
import type { World } from './world.ts';

/** Looks at every commit that the branch came to, one after the other. */
export interface Watch {
  readonly look: () => Promise<void>;
}

export function watch(world: World): Watch {
  const { host, desk } = world;
  let seen = host.heads().get(mainBranch) as string;
  const past: Past = { sets: new Map(), said: new Map() };
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
        const said = fieldsOfClass('carry', description, environment, system);
        past.said.set(name, [...(past.said.get(name) ?? []), said]);
        past.sets.set(name, [...(past.sets.get(name) ?? []), promotedSet(description, environment, system)]);
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
        if (landed.offer !== undefined) checkLanded(landed, landed.offer, past, world);
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
