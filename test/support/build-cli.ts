import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './fleet-files.ts';

/** Builds the CLI once for all tests that run it, unless it is newer than everything it is made from. */
export default function setup(): void {
  const built = join(repository, 'dist/main.cjs');
  if (existsSync(built) && statSync(built).mtimeMs > newest()) return;
  execFileSync(process.execPath, [join(repository, 'scripts/build.mjs')], { stdio: 'inherit' });
}

function newest(): number {
  const sources = ['src', 'schemas'].flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, withFileTypes: true }).map((entry) =>
      join(entry.parentPath, entry.name),
    ),
  );
  const others = ['package.json', 'package-lock.json', 'scripts/build.mjs'].map((path) => join(repository, path));
  return Math.max(...[...sources, ...others].map((path) => statSync(path).mtimeMs));
}
