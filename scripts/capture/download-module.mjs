import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `read` with the folder of an unpacked Go module and deletes the module afterwards. */
export function withModule(moduleAtVersion, read) {
  const cache = mkdtempSync(join(tmpdir(), 'capture-schemas-'));
  try {
    const answer = execFileSync('go', ['mod', 'download', '-json', '-modcacherw', moduleAtVersion], {
      cwd: cache,
      // A private cache can be thrown away without touching the developer's own one.
      env: { ...process.env, GOMODCACHE: cache, GO111MODULE: 'on' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { Dir: folder, Sum: sum } = JSON.parse(answer);
    return read(folder, sum);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}
