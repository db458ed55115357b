import { execa } from 'execa';
import { Failure } from '../store/fail.ts';
import { askpassProgram } from './askpass.ts';

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

/** What a user's own git may need: keys, proxies, certificates. Nothing else of the environment is handed on. */
const inherited = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR', 'TEMP', 'SYSTEMROOT', 'USERPROFILE', 'APPDATA', 'XDG_CONFIG_HOME'],
  ...['SSH_AUTH_SOCK', 'SSH_AGENT_PID', 'GIT_SSH', 'GIT_SSH_COMMAND', 'GNUPGHOME', 'GPG_TTY'],
  ...['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO', 'GIT_CONFIG_GLOBAL'],
];

const settings = [
  'core.hooksPath=/dev/null',
  'gc.auto=0',
  'maintenance.auto=false',
  'core.quotePath=false',
  'protocol.version=2',
];

const longestCall = 600_000;

/** Runs git. A code that was not expected is a Failure with what git said, without anything that was secret. */
export async function runGit(words: readonly string[], call: GitCall): Promise<GitAnswer> {
  const { credentials, signal } = call;
  signal?.throwIfAborted();
  const options = [
    ...settings,
    // What is ours is not kept by somebody's helper, and a helper's is not asked in its place.
    ...(credentials === undefined ? [] : ['credential.helper=', 'core.askPass=', 'http.followRedirects=false']),
  ].flatMap((setting) => ['-c', setting]);
  const result = await execa('git', [...options, ...words], {
    cwd: call.folder,
    reject: false,
    extendEnv: false,
    env: { ...environment(), ...secrets(credentials), ...call.variables },
    stripFinalNewline: false,
    encoding: 'buffer',
    timeout: longestCall,
    maxBuffer: 512 * 1024 * 1024,
    ...(call.input === undefined ? { stdin: 'ignore' as const } : { input: call.input }),
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (result.code === 'ENOENT') throw new Failure('there is no git on PATH', 'install it; version 2.38 or newer is needed');
  const hide = (text: string) => withoutSecrets(text, credentials);
  const bytes = Buffer.from(result.stdout ?? []);
  const answer: GitAnswer = {
    code: result.exitCode ?? -1,
    bytes,
    out: bytes.toString('utf8'),
    err: hide(Buffer.from(result.stderr ?? []).toString('utf8')),
  };
  if (answer.code === 0 || call.accept?.includes(answer.code) === true) return answer;
  const said = answer.err.trim() === '' ? (result.timedOut ? 'it took too long' : 'it failed') : answer.err.trim();
  throw new GitFailure(`git ${words[0]}: ${lastWords(said)}`, answer);
}

/** What git refused, with what it said. */
export class GitFailure extends Failure {
  readonly answer: GitAnswer;

  constructor(message: string, answer: GitAnswer) {
    super(message);
    this.answer = answer;
  }
}

function environment(): Record<string, string> {
  const kept = inherited.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return {
    ...Object.fromEntries(kept),
    // What git says is read.
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ALLOW_PROTOCOL: 'file:http:https:ssh',
    GIT_NO_REPLACE_OBJECTS: '1',
  };
}

function secrets(credentials: GitCredentials | undefined): Record<string, string> {
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
  return (lines.length === 0 ? [text] : lines).slice(-6).join('\n  ');
}
