/** What of all is meant; everything where nothing is said. */
export interface Selected {
  readonly environment?: readonly string[] | undefined;
  readonly system?: readonly string[] | undefined;
}
