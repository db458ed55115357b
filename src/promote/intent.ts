import type { YamlEdit } from '../edit/yaml-edit.ts';
import type { Key } from '../publish/key.ts';
import type { ClassifiedField } from './transfer.ts';

export type Purpose = 'promote' | 'rollback' | 'bump' | 'absorb';

/** A change of the description, before it is made. */
export interface Intent {
  readonly purpose: Purpose;
  readonly key: Key;
  readonly title: string;
  readonly system: string;
  /** Undefined for a change of the System's head. */
  readonly environment: string | undefined;
  /** Edits by file. */
  readonly edits: ReadonlyMap<string, readonly YamlEdit[]>;
  /** Files that are added, such as those of a release that is frozen by it. */
  readonly additions: ReadonlyMap<string, Uint8Array>;
  /** What differs between where it comes from and where it goes; empty for a bump. */
  readonly fields: readonly ClassifiedField[];
  /** How where it comes from is called. */
  readonly from: string;
  readonly release?: { readonly before: string; readonly after: string; readonly frozen: boolean } | undefined;
  /** What whoever reads it should know beside that. */
  readonly notes: readonly string[];
  /** Environments whose health it depends on; and those of waves that it would leave behind, in words. */
  readonly verifiedIn: readonly string[];
  readonly leftBehind: readonly string[];
}
