import { releaseDigest } from '../read/read-release.ts';
import { headRelease } from '../read/sort-inputs.ts';
import { releaseFiles, releaseFolder } from '../store/release-files.ts';
import { compareReleases, nextRelease } from './compare-releases.ts';
import type { Description } from './description.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The release under which something travels, and the files that freeze it where that has not happened yet. */
export interface ChosenRelease {
  readonly name: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** What runs as head in the source is frozen on the way; a release with just that content is taken again. */
export function chooseRelease(
  description: Description,
  system: string,
  runs: string,
  wanted: string | undefined,
): ChosenRelease | Refusal {
  const none = new Map<string, Uint8Array>();
  if (runs !== headRelease) {
    if (wanted === undefined || wanted === runs) return { name: runs, files: none };
    return refuse(`release ${runs} is frozen already and cannot be called ${wanted}`, 'leave out --release');
  }
  const inputs = description.inputs.releases.filter((input) => input.system === system);
  const head = inputs.find(({ release }) => release === headRelease);
  if (head === undefined) return refuse(`System ${system} has no head`);
  const known = inputs.filter(({ release }) => release !== headRelease);
  const digest = releaseDigest(description.files, head);
  const same = known.filter((input) => releaseDigest(description.files, input) === digest);
  const [newest] = same.map(({ release }) => release).sort((one, other) => compareReleases(other, one) ?? 0);
  if (wanted === undefined && newest !== undefined) return { name: newest, files: none };
  if (same.some(({ release }) => release === wanted)) return { name: wanted as string, files: none };
  if (known.some(({ release }) => release === wanted))
    return refuse(
      `${releaseFolder(system, wanted as string)} exists already, and a release never changes`,
      'choose another version',
    );
  const name = wanted ?? nextRelease(known.map(({ release }) => release));
  const folder = releaseFolder(system, name);
  const files = [...releaseFiles(description.files, head, name)].map(([path, bytes]) => [`${folder}/${path}`, bytes] as const);
  return { name, files: new Map(files) };
}
