import { isMade } from '../forge/open-local.ts';
import type { RemoteBranch } from '../git/fetch-published.ts';
import type { FleetDocument } from '../language/fleet.ts';
import { addressFrom, publishSettings } from './publish-settings.ts';

export interface PublishedPlace extends RemoteBranch {
  readonly path: string;
}

/**
 * Where that lies which is published: where `publish` puts it. An embedded repository that is not on this machine is on
 * that of somebody else, or nobody has published: then it is what Argo CD reads.
 */
export function publishedPlace(spec: FleetDocument['spec'], fleet: string): PublishedPlace {
  const { host, repository, branch, path } = publishSettings(spec, fleet);
  const isHere = host !== 'local' || isMade(repository);
  return { url: isHere ? repository : addressFrom(spec.repository.url, fleet), branch, path };
}
