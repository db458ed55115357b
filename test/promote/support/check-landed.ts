import { differences } from './check-offer.ts';
import { wavesBefore } from './check-ready.ts';
import { compiledState } from './compiled-state.ts';
import { fieldsOfClass, promotedSet } from './entries.ts';
import { environments, systems } from './four-environments.ts';
import { violation } from './violation.ts';
import type { Offer, World } from './world.ts';
import { commentsOf, textBeside } from './written-text.ts';

/** A commit that the branch came to. */
export interface Landed {
  readonly id: string;
  readonly parent: string;
  /** Undefined for a person's own commit. */
  readonly offer: Offer | undefined;
  /** Whether something that a person put on top of an offer came along. */
  readonly personal: boolean;
}

/** What ran where, in the order of the branch, by `environment/system`. */
export interface Past {
  /** What was promoted, by what it holds. */
  readonly sets: Map<string, string[]>;
  /** The same as the environment says it. */
  readonly said: Map<string, string[]>;
}

/** What came to the branch out of a pull request. */
export function checkLanded(landed: Landed, offer: Offer, past: Past, world: World): void {
  const { id, parent, personal } = landed;
  const { host } = world;
  const [before, after] = [host.read(parent), host.read(id)];
  const [was, is] = [compiledState(before), compiledState(after)];
  if (was.description === undefined) violation('something was merged onto a description with errors');
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
    }
  }
  checkSet(landed, offer, past, world);
}

/** Production has what staging had; what is rolled back is as it was before. */
function checkSet({ id, parent, personal }: Landed, offer: Offer, past: Past, { host }: World): void {
  const { purpose, environment = '', system, overridden, base } = offer;
  const { description } = compiledState(host.read(id));
  if (description === undefined || purpose === 'bump') return;
  if (purpose === 'rollback') {
    // What the head was then is gone: what it is called is all that can come back.
    const said = fieldsOfClass('carry', description, environment, system);
    const earlier = past.said.get(`${environment}/${system}`) ?? [];
    if (!earlier.includes(said)) violation('a rollback leads to what never ran', said);
    const before = earlier.findLast((one) => one !== earlier.at(-1));
    if (parent === base && !personal && said !== before)
      violation('a rollback does not lead to what ran before', { said, before });
    return;
  }
  if (overridden) return;
  const set = promotedSet(description, environment, system);
  const source = wavesBefore[environment] ?? '';
  if (past.sets.get(`${source}/${system}`)?.includes(set) !== true)
    violation(`${environment} runs what ${source} never had`, set);
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
