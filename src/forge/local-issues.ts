import { Failure } from '../store/fail.ts';
import type { Issue, Issues } from './forge.ts';
import { type LocalRefs, refNames, type StoredIssue } from './local-refs.ts';

const attempts = 50;

/** Issues beside the pull requests of a bare repository, each a ref whose history is its own. */
export function localIssues(refs: LocalRefs): Issues {
  async function all() {
    const metas = [...(await refs.all())].flatMap(([ref, meta]): [number, string][] => {
      const number = /^refs\/stowage\/issue\/(\d+)$/.exec(ref)?.[1];
      return number === undefined ? [] : [[Number(number), meta]];
    });
    const issues = await refs.readIssues(metas.map(([, meta]) => meta));
    return metas
      .map(([number, meta]) => ({ number, meta, issue: issues.get(meta) as StoredIssue }))
      .sort((one, other) => one.number - other.number);
  }

  /** Somebody else may change it at the same time: then what they made of it is changed. */
  async function change(number: number, event: string, next: (issue: StoredIssue) => StoredIssue): Promise<Issue> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const there = (await all()).find((one) => one.number === number);
      if (there === undefined) throw new Failure(`there is no issue ${number}`);
      const changed = next(there.issue);
      const to = await refs.writeIssue(changed, there.meta, event);
      if (await refs.change([{ ref: refNames.issue(number), to, from: there.meta }])) return shown(number, changed);
    }
    throw new Failure(`issue ${number} keeps changing`, 'try again');
  }

  return {
    find: async (label, marker) =>
      (await all())
        .filter(({ issue }) => issue.label === label && issue.body.includes(marker))
        .map(({ number, issue }) => shown(number, issue)),
    open: async (request) => {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const number = ((await all()).at(-1)?.number ?? 0) + 1;
        const issue: StoredIssue = { ...request, state: 'open', comments: {} };
        const to = await refs.writeIssue(issue, undefined, `open ${request.title}`);
        if (await refs.change([{ ref: refNames.issue(number), to, from: undefined }])) return shown(number, issue);
      }
      throw new Failure('too many others open issues at this moment', 'try again');
    },
    update: (number, changes) => change(number, 'change', (issue) => ({ ...issue, ...changes })),
    comment: async (number, marker, text) => {
      await change(number, 'comment', (issue) => ({ ...issue, comments: { ...issue.comments, [marker]: text } }));
    },
  };
}

function shown(number: number, { title, body, state }: StoredIssue): Issue {
  return { number, title, body, state };
}
