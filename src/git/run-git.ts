import { execa } from 'execa';
import { Failure } from '../store/fail.ts';

export interface GitCall {
  /** The folder that git is run in. */
  readonly in: string;
  /** Of the person at the keyboard: where programs, keys and credentials are. */
  readonly environment: NodeJS.ProcessEnv;
  /** More that git is told by its environment: arguments can be seen by everybody on the machine. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  readonly signal?: AbortSignal | undefined;
}

export interface GitAnswer {
  readonly code: number;
  readonly out: Uint8Array;
  readonly err: string;
}

/** What of a person's environment git may see: nothing that would send it to another repository. */
const passedOn = [
  ...['PATH', 'HOME', 'XDG_CONFIG_HOME', 'TMPDIR', 'SSH_AUTH_SOCK', 'GIT_SSH_COMMAND', 'GIT_SSL_CAINFO', 'SSL_CERT_FILE'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'ALL_PROXY', 'all_proxy'],
  ...['SYSTEMROOT', 'USERPROFILE', 'APPDATA', 'TEMP'],
  // Who commits, and with which key.
  ...['USER', 'LOGNAME', 'GNUPGHOME', 'GPG_TTY', 'GIT_CONFIG_GLOBAL', 'SSH_AGENT_PID', 'GIT_SSH', 'SSL_CERT_DIR'],
  ...['GIT_HTTP_LOW_SPEED_LIMIT', 'GIT_HTTP_LOW_SPEED_TIME'],
];

/** Asks nobody, runs no hook and no program that a repository names, and speaks these protocols only. */
const fixed = {
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
};
/** A server that has not said a thing for that long says nothing any more; git itself would wait for ever. */
const patience = { GIT_HTTP_LOW_SPEED_LIMIT: '1', GIT_HTTP_LOW_SPEED_TIME: '60' };
const safe = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', '-c', 'gc.auto=0', '-c', 'maintenance.auto=false'];

/** The one place that runs git. A refusal is an answer; only a git that is not there is a failure. */
export async function runGit(words: readonly string[], call: GitCall): Promise<GitAnswer> {
  call.signal?.throwIfAborted();
  const known = passedOn.flatMap((name) => (call.environment[name] === undefined ? [] : [[name, call.environment[name]]]));
  const running = execa('git', [...safe, ...words], {
    cwd: call.in,
    reject: false,
    extendEnv: false,
    env: { ...patience, ...Object.fromEntries(known), ...fixed, ...call.variables },
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: 1024 * 1024 * 1024,
    input: call.input ?? '',
    ...(call.signal === undefined ? {} : { cancelSignal: call.signal }),
  });
  // A process that git started may wait for a server and hold on to these long after git has ended.
  const letGo = () => {
    running.stdout.destroy();
    running.stderr.destroy();
  };
  call.signal?.addEventListener('abort', letGo, { once: true });
  const result = await running;
  call.signal?.removeEventListener('abort', letGo);
  call.signal?.throwIfAborted();
  if (result.code === 'ENOENT') throw new Failure('there is no git on PATH', 'install git; it is what plans compare with');
  if (result.exitCode === undefined) throw new Failure(`git ${words[0]} did not end: ${result.shortMessage}`);
  return { code: result.exitCode, out: result.stdout, err: new TextDecoder().decode(result.stderr) };
}

/** The same where a refusal is a failure; `doing` says what it was for. */
export async function gitOrFail(words: readonly string[], doing: string, call: GitCall): Promise<Uint8Array> {
  const { code, out, err } = await runGit(words, call);
  if (code !== 0) throw new Failure(`cannot ${doing}: ${gitProblem(err)}`, trustHint(err));
  return out;
}

/** What git says went wrong, without what it says beside it, and without credentials in addresses. */
export function gitProblem(err: string): string {
  const lines = err.split('\n').filter((line) => line.trim() !== '');
  const told = lines.find((line) => /^(fatal|error|remote):/.test(line)) ?? lines.at(-1) ?? 'git says nothing';
  return told.replace(/^(fatal|error): /, '').replace(/:\/\/[^/@\s]+@/g, '://***@');
}

/** What to do where git has found a repository and does not trust it, as it is another user's: usual in containers. */
export function trustHint(err: string): string | undefined {
  const command = /^\s*(git config --global --add safe\.directory .+)$/m.exec(err)?.[1];
  return command && `the folder belongs to another user; \`${command}\` tells git that you trust it`;
}

export function textOf(out: Uint8Array): string {
  return new TextDecoder().decode(out);
}
