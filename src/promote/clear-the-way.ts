import type { PullRequest } from '../forge/forge.ts';
import { branchName, keyName } from '../publish/key.ts';
import { withMarker } from '../publish/marker.ts';
import type { Desk } from './desk.ts';
import type { Intent, Purpose } from './intent.ts';
import { type Refusal, refuse } from './refusal.ts';

const purposes: readonly (Purpose | 'compile')[] = ['promote', 'rollback', 'bump', 'absorb', 'compile'];

/** Two pull requests about one system in one environment would be merged as text. Who rolls back ends what is pending. */
export async function clearTheWay({ key, purpose }: Intent, { forge, settings }: Desk): Promise<Refusal | undefined> {
  const names = new Map(purposes.filter((one) => one !== purpose).map((one) => [branchName(key, settings.prefix, one), one]));
  const pending = (await forge.list('open')).filter(({ head }) => names.has(head.branch));
  if (purpose !== 'rollback') {
    const [first] = pending;
    if (first === undefined) return undefined;
    return refuse(
      `pull request #${first.number} would ${names.get(first.head.branch)} ${keyName(key)} already`,
      `merge or close it first: \`stowage pr show ${first.number}\``,
    );
  }
  for (const pull of pending) await end(pull, key, forge);
  return undefined;
}

async function end(pull: PullRequest, key: Intent['key'], forge: Desk['forge']): Promise<void> {
  const marker = { key: keyName(key), content: '', commit: pull.head.sha, obsolete: true as const };
  await forge.update(pull.number, { body: withMarker(`A rollback of ${keyName(key)} takes the place of this.`, marker) });
  await forge.close(pull.number);
}
