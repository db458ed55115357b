/** What `pr` does. */
export const pullRequestActions: readonly string[] = ['list', 'show', 'approve', 'merge', 'close', 'reopen', 'comment'];
