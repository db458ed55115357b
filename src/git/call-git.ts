import { Failure } from '../store/fail.ts';
import { askpassProgram } from './askpass.ts';
import { runGit } from './run-git.ts';

/** Who may be asked, and by what: the token goes to git by its environment and to no other host. */
export interface GitCredentials {
  readonly token: string;
  /** `host` or `host:port`. */
  readonly host: string;
}

export interface GitCall {
  /** Where it runs: a repository, bare or not. */
  readonly folder: string;
  readonly input?: string | Uint8Array;
  /** Variables such as GIT_INDEX_FILE. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly credentials?: GitCredentials | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Exit codes besides 0 that are answers. */
  readonly accept?: readonly number[];
}

export interface GitAnswer {
  readonly code: number;
  readonly out: string;
  /** The same as it came, for what is no text. */
  readonly bytes: Buffer;
  readonly err: string;
}

/** A call where a code that was not expected is a Failure, and where git may have to show a token. */
export async function callGit(words: readonly string[], call: GitCall): Promise<GitAnswer> {
  const { folder, input, signal, credentials, accept = [] } = call;
  const options = [
    'core.quotePath=false',
    'protocol.version=2',
    // What is ours is not kept by somebody's helper, and a helper's is not asked in its place.
    ...(credentials === undefined ? [] : ['credential.helper=', 'core.askPass=', 'http.followRedirects=false']),
  ].flatMap((setting) => ['-c', setting]);
  const answer = await runGit([...options, ...words], {
    in: folder,
    environment: process.env,
    variables: { GIT_NO_REPLACE_OBJECTS: '1', ...credentialVariables(credentials), ...call.variables },
    signal,
    ...(input === undefined ? {} : { input }),
  });
  const bytes = Buffer.from(answer.out);
  const told = { code: answer.code, bytes, out: bytes.toString('utf8'), err: withoutSecrets(answer.err, credentials) };
  if (told.code === 0 || accept.includes(told.code)) return told;
  throw new GitFailure(`git ${words[0]}: ${lastWords(told.err)}`, told);
}

/** What git refused, with what it said. */
export class GitFailure extends Failure {
  readonly answer: GitAnswer;

  constructor(message: string, answer: GitAnswer) {
    super(message);
    this.answer = answer;
  }
}

/** By the environment, where no list of processes shows them; git asks for them by a program of ours. */
export function credentialVariables(credentials: GitCredentials | undefined): Record<string, string> {
  if (credentials === undefined) return {};
  return { GIT_ASKPASS: askpassProgram(), STOWAGE_GIT_TOKEN: credentials.token, STOWAGE_GIT_HOST: credentials.host };
}

/** A token in git's own words, or a password in an address that it repeats. */
function withoutSecrets(text: string, credentials: GitCredentials | undefined): string {
  const plain = credentials === undefined ? text : text.replaceAll(credentials.token, '…');
  return plain.replace(/([a-z]+:\/\/)[^\s/@']*@/g, '$1');
}

/** Of many lines those that say why. */
function lastWords(text: string): string {
  const lines = text.split('\n').filter((line) => !/^(hint:|warning:|\s*$)/.test(line));
  return lines.length === 0 ? 'it failed' : lines.slice(-6).join('\n  ');
}
