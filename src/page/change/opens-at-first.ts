import type { ListedFold } from './list-changes.ts';

/** What is not more than this is read as a whole. */
const few = 40;

/** Which changes are open before anybody opens or closes one: of a few, those that have something to compare. */
export function opensAtFirst(listed: readonly ListedFold[], open: string): (address: string) => boolean {
  if (open === 'all') return () => true;
  const all = listed.flatMap(({ changes }) => changes);
  if (open === 'none' || all.length > few) return () => false;
  const compared = new Set(all.filter(({ change }) => change.action === 'change').map(({ address }) => address));
  return (address) => compared.has(address);
}
