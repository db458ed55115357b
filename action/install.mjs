import { existsSync } from 'node:fs';
import { npm, prepare, root, say } from '../scripts/prepare.mjs';

// A tree that was built for being run, without sources, needs its packages only.
if (existsSync(`${root}/dist/main.cjs`) && !existsSync(`${root}/src`)) {
  if (!existsSync(`${root}/node_modules`)) {
    say('installing the dependencies (npm ci) …');
    npm(['ci', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'], 'is the package registry reachable?');
  }
} else prepare();
