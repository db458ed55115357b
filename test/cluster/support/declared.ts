import { join } from 'node:path';
import { findKustomize } from '../../../src/verify/find-kustomize.ts';
import { kustomizeBuild } from '../../../src/verify/kustomize-build.ts';
import { renders } from '../../fleet/fleet.ts';
import type { Any } from '../servers/kube.ts';

/** What the overlay behind an Application means, by kustomize. */
export async function declaredBy(fleet: string, application: string): Promise<Any[]> {
  const overlay = renders.find(({ name }) => name.replace('/', '-') === application)?.name;
  if (overlay === undefined) throw new Error(`no overlay is behind ${application}`);
  const build = await kustomizeBuild(await findKustomize(process.env), join(fleet, 'overlays', overlay), undefined);
  if ('refusal' in build) throw new Error(build.refusal);
  return [...build.objects];
}
