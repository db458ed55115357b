import type { DeploymentStatus } from '../../../src/promote/deployment-status.ts';
import { compiledState } from './compiled-state.ts';
import { violation } from './violation.ts';
import { mainOf, type Offer, type World } from './world.ts';

const hour = 3_600_000;
const soaks: Readonly<Record<string, number>> = { staging: hour / 2, 'prod-a': 2 * hour, 'prod-b': 2 * hour };
export const wavesBefore: Readonly<Record<string, string>> = { staging: 'dev', 'prod-a': 'staging', 'prod-b': 'staging' };

/** What is promoted runs well where it comes from, has for long enough, and comes at a time that is open. */
export async function checkReady(offer: Offer, merged: boolean, sha: string, world: World): Promise<void> {
  const { environment = '', system, base, overridden, purpose } = offer;
  const isProduction = environment.startsWith('prod-');
  if (merged && isProduction && !world.approved.has(sha)) violation('what nobody approved of is merged by itself', offer.number);
  if (purpose !== 'promote' || overridden) return;
  const source = wavesBefore[environment] ?? '';
  const status = (await world.argo.ask(source, system)) as DeploymentStatus;
  if (status.health !== 'Healthy') violation(`${system} is promoted although ${source} is not well`, status.health);
  const head = world.host.read(merged ? base : mainOf(world));
  const folders = compiledState(head).rendered?.units.get(`overlays/${source}/${system}`)?.facts?.folders ?? [];
  const deployed = world.host.read(status.revision ?? '');
  const other = [...head].find(
    ([path, text]) => folders.some((folder) => path.startsWith(`${folder}/`)) && deployed.get(path) !== text,
  );
  if (other !== undefined) violation(`${source} does not run what is promoted`, other[0]);
  const since = Date.parse(status.healthSince ?? '');
  if (world.clock.now - since < (soaks[environment] ?? 0)) violation(`${system} has not soaked in ${source}`, status.healthSince);
  const time = new Date(world.clock.now).getUTCHours();
  if (isProduction && time >= 2 && time < 6) violation(`${environment} is closed`, time);
}
