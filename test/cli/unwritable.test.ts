import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cannotWrite } from '../../src/store/cannot-write.ts';
import { repository, temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { gitFolder } from '../support/git-folder.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

let fleet: string;
beforeAll(() => {
  fleet = gitFolder(withFiles(smallFleet, { '.gitignore': '.stowage/\n' }));
});

const program = `'${process.execPath}' '${join(repository, 'bin/stowage.cjs')}'`;

/** A line of a shell, in which `stowage` is the CLI; bash for what only it has. */
function shell(line: string, { in: cwd = fleet } = {}) {
  const script = line.replaceAll('stowage', program);
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

describe('what standard output does not take', () => {
  test.each(['--help', 'compile --help', 'compile --json --no-verify', 'plan --from HEAD', 'report -o -'])(
    'is told of `%s` in one line, whatever the command found',
    (words) => {
      expect(shell(`stowage ${words} > /dev/full`)).toEqual({
        code: 3,
        out: '',
        err: 'error: cannot write to standard output: ENOSPC: no space left on device\n',
      });
    },
  );

  test('is told too where the beginning had room', () => {
    const { code, err } = shell('ulimit -f 1; stowage --help > help.txt');
    expect({ code, err }).toEqual({ code: 3, err: 'error: cannot write to standard output: EFBIG: file too large\n' });
    expect(statSync(join(fleet, 'help.txt')).size).toBeGreaterThan(0);
  });

  test('is nobody else’s business where who reads has stopped', () => {
    expect(shell(`stowage report -o - | head -c 15; exit \${PIPESTATUS[0]}`)).toEqual({
      code: 0,
      out: '<!doctype html>',
      err: '',
    });
  });

  test('ends the command with a failure where it is the problems that cannot be told', () => {
    expect(shell('stowage compile --no-such-option 2> /dev/full')).toEqual({ code: 3, out: '', err: '' });
  });
});

describe('a report goes', () => {
  const isPage = (text: string) => text.startsWith('<!doctype html>') && text.endsWith('</html>\n');

  test('into a pipe, which stays one', () => {
    // Who reads writes to a file: the standard output that it would share with the CLI does not block, and `cat` gives up.
    const { code, out, err } = shell(
      'mkfifo pipe && { cat pipe > read.html & stowage report -o pipe; code=$?; wait; cat read.html; exit $code; }',
    );
    expect({ code, err, page: isPage(out) }).toEqual({ code: 0, err: '', page: true });
    expect(lstatSync(join(fleet, 'pipe')).isFIFO()).toBe(true);
  });

  test('to where an open file leads', () => {
    expect(isPage(shell('stowage report -o /dev/fd/1 | cat').out)).toBe(true);
    expect(isPage(shell('stowage report -o >(cat > given.html); wait $!; cat given.html').out)).toBe(true);
  });

  test.each([
    ['that is there', true],
    ['that is not there yet', false],
  ])('to the file %s behind a link, which stays one', (name, isThere) => {
    const target = join(temporaryFolder(), 'page.html');
    const link = `${name.replaceAll(' ', '-')}.html`;
    if (isThere) writeFileSync(target, 'the last one\n');
    symlinkSync(target, join(fleet, link));
    expect(stowage(['report', '-o', link], { in: fleet })).toMatchObject({ code: 0, err: '' });
    expect(lstatSync(join(fleet, link)).isSymbolicLink()).toBe(true);
    expect(isPage(readFileSync(target, 'utf8'))).toBe(true);
  });
});

describe('what the fleet’s folder does not take is a failure of the outside', () => {
  test('a release', () => {
    const folder = temporaryFolder(withFiles(smallFleet, { 'systems/shop/releases': 'in the way\n' }));
    expect(stowage(['release', 'shop', '1.0.0'], { in: folder })).toEqual({
      code: 3,
      out: '',
      err: 'error: cannot write systems/shop/releases/1.0.0: ENOTDIR: not a directory\n  → a file stands where a folder should be; move it away\n',
    });
  });

  test('generated files: none of them is there then', () => {
    const folder = temporaryFolder(smallFleet);
    expect(shell('ulimit -f 1; stowage compile -q --no-verify', { in: folder })).toEqual({
      code: 3,
      out: '',
      err: expect.stringMatching(/^error: cannot write (base|overlays|argocd)\/\S+: EFBIG: file too large\n$/),
    });
    expect(readdirSync(folder).filter((name) => ['base', 'overlays', 'argocd'].includes(name))).toEqual([]);
    expect(readdirSync(join(folder, '.stowage/staging'))).toEqual([]);
  });

  test('what is to be remembered', () => {
    const folder = temporaryFolder(smallFleet);
    expect(shell('ulimit -f 6; stowage compile -q --no-verify', { in: folder })).toEqual({
      code: 3,
      out: '',
      err: 'error: cannot write .stowage/memory: EFBIG: file too large\n',
    });
    expect(stowage(['compile', '-q', '--no-verify'], { in: folder })).toEqual({ code: 0, out: '', err: '' });
  });

  test('schemas', () => {
    const folder = temporaryFolder(new Map([['file', 'in the way\n']]));
    expect(stowage(['schema', 'file'], { in: folder })).toMatchObject({
      code: 3,
      err: expect.stringMatching(/^error: cannot write .*\/file: ENOTDIR: .*\n {2}→ a file stands where a folder should be/),
    });
  });

  test('the merge driver: git is there and says why', () => {
    writeFileSync(join(fleet, '.git/config.lock'), '');
    expect(stowage(['init', '--merge-driver'], { in: fleet })).toEqual({
      code: 3,
      out: '',
      err: 'error: cannot tell git of the merge driver: could not lock config file .git/config: File exists\n',
    });
    expect(stowage(['init', '--merge-driver'], { in: temporaryFolder(smallFleet) })).toEqual({
      code: 2,
      out: '',
      err: 'error: git knows no repository here to tell of the merge driver: not a git repository (or any of the parent directories): .git\n  → `git init` makes one\n',
    });
  });

  test.each([
    ['EROFS', 'the folder may not be written: its file system is read-only'],
    ['EACCES', 'the folder may not be written: is it yours?'],
    ['ENOENT', 'is there such a folder?'],
  ])('%s says what it means', (code, hint) => {
    const error = Object.assign(new Error(`${code}: as the system says, open '/page.html.1'`), { code });
    expect(cannotWrite('page.html', error)).toMatchObject({
      message: `cannot write page.html: ${code}: as the system says`,
      hint,
    });
  });
});
