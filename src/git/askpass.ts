import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../store/cache-folder.ts';

/** Answers git's questions from its environment, and only those about the host that the token is for. */
const program = `#!/bin/sh
case "$1" in
  Username*"'http://$STOWAGE_GIT_HOST'"*|Username*"'https://$STOWAGE_GIT_HOST'"*) echo x-access-token ;;
  Password*"@$STOWAGE_GIT_HOST'"*) printf '%s\\n' "$STOWAGE_GIT_TOKEN" ;;
  *) exit 1 ;;
esac
`;

/** The program that GIT_ASKPASS names; it holds no secret. */
export function askpassProgram(): string {
  const folder = join(cacheFolder(process.env), 'askpass');
  const path = join(folder, 'askpass-1.sh');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Another run may be doing the same.
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, program);
    chmodSync(draft, 0o700);
    renameSync(draft, path);
  }
  return path;
}
