/** A name with a slash is a team, as mentions write it. */
export function splitReviewers(names: readonly string[]): { reviewers: string[]; teams: string[] } {
  return {
    reviewers: names.filter((name) => !name.includes('/')),
    teams: names.filter((name) => name.includes('/')).map((name) => name.slice(name.indexOf('/') + 1)),
  };
}
