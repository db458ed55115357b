import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => void rmSync(folder, { recursive: true, force: true })));

/** What a reader does and sees, in order: a command with its output, or an end that a file is given. */
type Step = { readonly command: string; readonly output: readonly string[] } | { readonly file: string; readonly end: string };

test.each([
  ['README.md', '## Five minutes', '## Commands'],
  ['docs/promotion.md', '## Try it', '## Pipelines'],
])('the tour of %s shows what happens', (page, from, until) => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-tour-'));
  folders.push(folder);
  let place = folder;
  const text = readFileSync(join(root, page), 'utf8');
  const steps = stepsOf(text.slice(text.indexOf(from), text.indexOf(until)));
  expect(steps.length).toBeGreaterThan(10);
  for (const step of steps) {
    if ('file' in step) {
      const path = join(place, step.file);
      const text = readFileSync(path, 'utf8');
      const [first = ''] = step.end.split('\n');
      writeFileSync(path, text.slice(0, text.indexOf(`${first}\n`)) + step.end);
    } else {
      const output = runIn(place, step.command);
      if (step.output.length > 0) expect(output, step.command).toMatch(patternOf(step.output));
      if (step.command.endsWith('cd my-fleet')) place = join(place, 'my-fleet');
    }
  }
});

function stepsOf(tour: string): Step[] {
  return [...tour.matchAll(/(?:Make `([^`]+)` end like this:\n\n)?```(\w*)\n(.*?)```\n/gs)].flatMap(
    ([, file, kind, body = '']): Step[] => {
      if (file !== undefined) return [{ file, end: body }];
      if (kind !== '') return [];
      return body
        .split(/^\$ /m)
        .slice(1)
        .map((block) => {
          const lines = block.trimEnd().split('\n');
          const end = lines[0]?.includes("<<'END'") === true ? lines.indexOf('END') + 1 : 1;
          return { command: lines.slice(0, end).join('\n'), output: lines.slice(end) };
        });
    },
  );
}

const committer = {
  ...{ GIT_AUTHOR_NAME: 'test', GIT_AUTHOR_EMAIL: 'test@localhost' },
  ...{ GIT_COMMITTER_NAME: 'test', GIT_COMMITTER_EMAIL: 'test@localhost' },
};

function runIn(place: string, command: string): string {
  const stowage = `stowage() { '${process.execPath}' '${join(root, 'bin/stowage.cjs')}' "$@"; }`;
  return execFileSync('bash', ['-c', `${stowage}\nexec 2>&1\n${command}\nexit 0`], {
    cwd: place,
    encoding: 'utf8',
    env: { ...process.env, ...committer, XDG_CACHE_HOME: join(place, '../cache'), NO_COLOR: '1' },
  });
}

/** `…` stands for anything; which kustomize is on this machine does not matter, nor does its progress. */
function patternOf(lines: readonly string[]): RegExp {
  const shown = lines.map((line) =>
    /^ *…$/.test(line)
      ? `(?:${line.slice(0, -1)}.*\\n)*?`
      : `${escaped(line)
          .replaceAll('…', '.*')
          .replace(/with kubectl/g, 'with (?:kustomize|kubectl|embedded kubectl)')}\\n`,
  );
  return new RegExp(`^(?:verifying .*\\n)?${shown.join('').replace(/\\n$/, '\\s*$')}`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
