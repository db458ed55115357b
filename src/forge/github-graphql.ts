import type { GitHub } from './github-client.ts';
import { HostTrouble } from './host-trouble.ts';
import { redact } from './redact.ts';

interface GraphqlFailure {
  readonly name: string;
  readonly errors?: readonly { readonly type?: string; readonly message: string }[];
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** Asks what REST does not offer. Its refusals come with status 200. */
export async function askGraphql<Answer>({ octokit }: GitHub, query: string, variables: object): Promise<Answer> {
  try {
    return await octokit.graphql<Answer>(query, { ...variables });
  } catch (error) {
    const { name, errors, headers } = error as GraphqlFailure;
    if (name !== 'GraphqlResponseError') throw error;
    const said = errors?.map(({ message }) => message).join('; ') ?? 'it says no reason';
    const status = statuses.get(errors?.[0]?.type ?? '') ?? 422;
    throw new HostTrouble(redact(said, []), { status, ...(headers && { headers }) });
  }
}

const statuses = new Map([
  ['FORBIDDEN', 403],
  ['INSUFFICIENT_SCOPES', 403],
  ['NOT_FOUND', 404],
  ['RATE_LIMITED', 429],
]);
