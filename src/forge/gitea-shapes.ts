import * as z from 'zod';
import type { PullRequest } from './forge.ts';

const branch = z.object({ ref: z.string(), label: z.string(), sha: z.string(), repo_id: z.number() });

export const pullShape = z.object({
  number: z.number(),
  html_url: z.string(),
  state: z.enum(['open', 'closed']),
  merged: z.boolean(),
  title: z.string(),
  body: z.string().nullish(),
  labels: z.array(z.object({ name: z.string() })).nullish(),
  draft: z.boolean().optional(),
  head: branch,
  base: branch,
});
export type Pull = z.infer<typeof pullShape>;

export const issueShape = z.object({
  number: z.number(),
  html_url: z.string(),
  state: z.enum(['open', 'closed']),
  title: z.string(),
  body: z.string().nullish(),
  pull_request: z.unknown(),
});

export const labelsShape = z.array(z.object({ id: z.number(), name: z.string() }));
export const commentShape = z.object({ id: z.number(), body: z.string() });
export const anything = z.unknown();

/** So a title says that it is a draft; Gitea has no other sign of it. */
const draftTitle = /^(WIP:|\[WIP\])\s*/i;

export const writeTitle = (title: string, draft: boolean) => (draft ? `WIP: ${title}` : title);

export function readPull(pull: Pull): PullRequest {
  const draft = pull.draft ?? draftTitle.test(pull.title);
  return {
    number: pull.number,
    url: pull.html_url,
    state: pull.merged ? 'merged' : pull.state,
    title: draft ? pull.title.replace(draftTitle, '') : pull.title,
    body: pull.body ?? '',
    // The ref is another one as soon as the branch is deleted.
    head: { branch: pull.head.label, sha: pull.head.sha },
    base: pull.base.ref,
    // In an order that changes with what was asked.
    labels: pull.labels?.map(({ name }) => name).sort() ?? [],
    draft,
  };
}

/** Anybody may open one from a fork, on a branch of the same name. */
export const isOwn = ({ head, base }: Pull) => head.repo_id === base.repo_id;
