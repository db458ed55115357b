import type { ReportIndex } from '../../report/report.ts';

/** Where the data comes from: out of the page itself, or from the server that has it live. */
export interface ReportSource {
  readonly index: () => ReportIndex;
  /** Called when the index or the connection is another one; gives back how to end that. */
  readonly follow: (changed: () => void) => () => void;
  readonly connection: () => Connection;
  /** A part by its name; undefined where the report has none of that name. */
  readonly load: <Part>(name: string) => Promise<Part | undefined>;
}

/** `none`: a page from a file, which stays as it was made. */
export type Connection = 'none' | 'live' | 'lost';
