/** Why a key is not published, for the person at the keyboard. */
export interface Block {
  readonly reason: string;
  readonly advice: string;
  /** What is published is newer, so that an older offer may go. */
  readonly stale?: true;
}
