import type { TargetRepository } from '../git/target-repository.ts';
import { digestOf } from '../model/digest.ts';
import type { ChangeSet } from './change-set.ts';

/** What is wanted, whatever it is based on. */
export function contentOf({ files }: ChangeSet, { blobId }: Pick<TargetRepository, 'blobId'>): string {
  return digestOf(...files.flatMap(({ path, text }) => [path, text === undefined ? '' : blobId(text)]));
}
