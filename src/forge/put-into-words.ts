import { Failure } from '../store/fail.ts';
import { LostAnswer } from '../store/lost-answer.ts';
import type { HostTrouble } from './host-trouble.ts';

/** What was asked of a host, for messages. */
export interface Deed {
  /** Such as `open a pull request for stowage/prod`. */
  readonly to: string;
  /** The permission that it takes, as the host's settings call it. */
  readonly needs: string;
  readonly writes: boolean;
}

export interface Host {
  readonly name: string;
  /** Where its API answers. */
  readonly api: string;
  /** `owner/name`. */
  readonly repository: string;
  /** Where the token came from, such as `STOWAGE_TOKEN`. */
  readonly credentials: string;
}

/** A host's refusal or silence, for the person at the keyboard. */
export function putIntoWords(trouble: HostTrouble, { to, needs, writes }: Deed, host: Host): Failure {
  const { status, message, headers } = trouble;
  const { name, repository } = host;
  if (!trouble.reached)
    return new Failure(`cannot reach ${host.api}: ${message}`, 'is `api` in stowage.yaml right, and is there a network?');
  if (trouble.lost) {
    const silence = status === undefined ? `no answer from ${name} (${message})` : `${name} answered ${status}`;
    return writes
      ? new LostAnswer(
          `${silence} when asked to ${to} in ${repository}; whether it was done is not known`,
          'run again: what was done is found and not done twice',
        )
      : new Failure(`${silence} when asked to ${to} in ${repository}`, 'try again in a while');
  }
  if (trouble.limited)
    return new Failure(
      `${name} has had too many requests and does not ${to} in ${repository} now`,
      'run again in an hour: what was done is found and not done twice',
    );
  switch (status) {
    case 401:
      return new Failure(
        `${name} does not accept ${host.credentials}, asked to ${to} in ${repository}`,
        'it is wrong, has expired or was revoked: make a new one',
      );
    case 403: {
      const organization = headers['x-github-sso'];
      return new Failure(
        `${host.credentials} may not ${to} in ${repository}: ${message}`,
        organization?.startsWith('required')
          ? "authorize the token for single sign-on in GitHub's settings of tokens"
          : `it needs the permission ${permission(headers) ?? needs}`,
      );
    }
    case 404:
      return new Failure(
        `${name} cannot ${to}: it has no ${repository}, or does not show it to ${host.credentials}`,
        `check the address in stowage.yaml; a token without ${needs} is told that nothing is there`,
      );
    default:
      return new Failure(
        `${name} refuses to ${to} in ${repository}: ${message}${status === 422 ? '' : ` (${status})`}`,
        adviceFor(message),
      );
  }
}

/** GitHub names what would have been enough: `pull_requests=write; contents=read`. */
function permission(headers: HostTrouble['headers']): string | undefined {
  const accepted = headers['x-accepted-github-permissions'];
  if (accepted) return accepted.replace(/[^\w=;, ]/g, '');
  const scopes = headers['x-accepted-oauth-scopes'];
  return scopes ? `scope ${scopes.replace(/[^\w:, ]/g, '')}` : undefined;
}

function adviceFor(said: string): string | undefined {
  if (/draft pull requests are not supported/i.test(said))
    return 'say `draft: false`: this plan of GitHub has none in private repositories';
  if (/auto.?merge is not allowed/i.test(said)) return 'switch on "Allow auto-merge" in the settings of the repository';
  if (/merge queue/i.test(said)) return 'it goes through the merge queue';
  if (/head (branch was modified|out of date)|head sha/i.test(said))
    return 'somebody has pushed since it was looked at: look again';
  if (/not allowed|protected|required|approv|review/i.test(said)) return "the branch's protection says what is missing";
  return undefined;
}
