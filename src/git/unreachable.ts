import { Failure } from '../store/fail.ts';

/** Why a repository could not be read, in words for somebody who can do something about it. */
export function unreachable(said: string): Failure {
  if (/could not read (Username|Password)|Authentication failed|HTTP 40[13]|error: 40[13]|terminal prompts disabled/i.test(said))
    return new Failure(
      'the config repository wants to know who asks',
      'set STOWAGE_TOKEN to a token that may read and push it, or let git find a key or a password by itself',
    );
  const lines = said.split('\n').filter((line) => !/^(hint:|warning:|\s*$)/.test(line));
  return new Failure(
    `cannot read the config repository: ${lines.slice(-3).join('\n  ')}`,
    'stowage.yaml says where it is: `repository` and `publish.repository`',
  );
}
