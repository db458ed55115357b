import type { CommonOptions } from './command-context.ts';
import type { Selection } from './selection.ts';

export interface PublishOptions extends CommonOptions, Selection {
  readonly group?: 'system' | 'environment' | 'all';
  readonly draft?: boolean;
  readonly purpose?: string;
  readonly allowDelete?: readonly string[];
  readonly overwrite?: readonly string[];
  readonly supersede?: readonly string[];
  readonly dryRun?: boolean;
}
