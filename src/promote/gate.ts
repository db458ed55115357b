/** Something that must hold before a promotion goes on. */
export interface Gate {
  readonly kind: 'wave' | 'health' | 'soak' | 'window' | 'status' | 'approval';
  /** What cannot be seen is `unknown`, and as closed as what waits. */
  readonly state: 'open' | 'waiting' | 'unknown';
  readonly text: string;
  /** ISO 8601: when it opens by itself, where that is known. */
  readonly until?: string;
}
