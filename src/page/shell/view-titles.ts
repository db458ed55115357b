import type { Route, View } from '../base/route.ts';

export const viewTitles: Readonly<Record<View, string>> = {
  fleet: 'Fleet',
  system: 'Systems',
  object: 'Objects',
  change: 'Changes',
  promotion: 'Promotion',
  drift: 'Drift',
  problems: 'Problems',
};

/** What a tab of the browser is called: the closest first, because tabs are narrow. */
export function titleOf({ view, path }: Route, fleet: string): string {
  return [path.join('/'), viewTitles[view], fleet, 'Stowage'].filter((part) => part !== '').join(' · ');
}
