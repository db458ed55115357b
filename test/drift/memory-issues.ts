import type { Issue, Issues } from '../../src/forge/forge.ts';
import { LostAnswer } from '../../src/store/lost-answer.ts';

export interface MemoryIssues extends Issues {
  readonly all: Issue[];
  /** What was asked for that changes something. */
  readonly changes: string[];
  readonly comments: Map<string, string>;
  /** The next answer to such a request is lost, with the deed done or not. */
  lose(done: boolean): void;
}

export function memoryIssues(): MemoryIssues {
  const all: Issue[] = [];
  const changes: string[] = [];
  const comments = new Map<string, string>();
  const losses: boolean[] = [];
  async function change<Result>(line: string, act: () => Result): Promise<Result> {
    const done = losses.shift();
    changes.push(line);
    if (done === undefined) return act();
    if (done) act();
    throw new LostAnswer('the answer was lost');
  }
  return {
    all,
    changes,
    comments,
    lose: (done) => void losses.push(done),
    find: async (_, marker) => all.filter(({ body }) => body.includes(marker)),
    open: ({ title, body }) =>
      change('open', () => {
        const issue: Issue = { number: all.length + 1, state: 'open', title, body };
        all.push(issue);
        return issue;
      }),
    update: (number, to) =>
      change(`update ${number} to ${to.state}`, () => {
        const issue = { ...(all[number - 1] as Issue), ...to };
        all[number - 1] = issue;
        return issue;
      }),
    comment: (number, marker, text) => change(`comment ${number}`, () => void comments.set(marker, text)),
  };
}
