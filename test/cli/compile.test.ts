import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readTree, temporaryFolder, withFiles, writeFiles } from '../support/fleet-files.ts';
import { type Ended, stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

let compiled: ReadonlyMap<string, string>;
let fleet: string;
const run = (...words: string[]): Ended => stowage(words, { in: fleet });
const compile = (...words: string[]): Ended => run('compile', ...words);
const edit = (path: string, from: string, to: string): void => {
  const text = readFileSync(join(fleet, path), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(fleet, path), text.replace(from, to));
};
const text = (path: string): string => readFileSync(join(fleet, path), 'utf8');
const append = (path: string, more: string): void => writeFileSync(join(fleet, path), text(path) + more);

/** What a run on a machine without any memory makes of the descriptions that lie here. */
function compiledAnew(): Map<string, string> {
  const other = temporaryFolder(new Map([...readTree(fleet)].filter(([path]) => !/^(base|overlays|argocd)\//.test(path))));
  expect(stowage(['compile', '-q', '--no-verify'], { in: other }).code).toBe(0);
  return readTree(other);
}

beforeAll(() => {
  fleet = temporaryFolder(smallFleet);
  expect(compile('-q').code).toBe(0);
  compiled = readTree(fleet, { own: true });
});

/** A fleet that is compiled and proven, with a memory that knows other files: all is compiled anew, and fits. */
function compiledFleet(): void {
  fleet = temporaryFolder(compiled);
}

describe('from nothing', () => {
  test('init, compile, compile again, check, edit, check', () => {
    const place = temporaryFolder();
    expect(stowage(['init', 'mine'], { in: place }).out).toContain('next: cd mine && stowage compile');
    fleet = join(place, 'mine');
    const first = compile();
    expect(first).toEqual({ code: 0, out: expect.stringMatching(/ 11 written, 0 unchanged, 1 verified with /), err: '' });
    expect(first.out.match(/^ {2}create /gm)).toHaveLength(11);
    const tree = readTree(fleet);
    const again = compile();
    expect(again.code).toBe(0);
    expect(again.out).toMatch(
      /^1 overlay in 1 environment: nothing to write, 11 unchanged, 0 verified with .*, 1 proven before\n$/,
    );
    expect(compile('--check')).toMatchObject({ code: 0, out: expect.stringContaining('up to date, 11 unchanged') });
    edit('clusters/dev/dev.yaml', 'hello.dev.example.com}', 'hello.dev.example.com, greeting: Good day}');
    const differing = compile('--check');
    expect(differing.code).toBe(1);
    expect(differing.out).toMatch(/^ {2}update overlays\/dev\/hello\/kustomization\.yaml$/m);
    const stale = 'the generated files are not what the description says; run `stowage compile`\n';
    expect(differing.err).toBe(stale);
    expect(compile('--check', '-q')).toEqual({ code: 1, out: '', err: stale });
    expect(run('verify')).toMatchObject({ code: 1, err: stale });
    expect(run('verify', '-q')).toEqual({ code: 1, out: '', err: stale });
    expect(run('verify', '--json')).toMatchObject({ code: 1, err: '' });
    edit('clusters/dev/dev.yaml', ', greeting: Good day', '');
    expect(readTree(fleet)).toEqual(tree);
  });

  test('the names that editors follow exist', () => {
    fleet = temporaryFolder();
    run('init', '-q');
    for (const [path, content] of readTree(fleet)) {
      const named = /^# yaml-language-server: \$schema=(.*)$/m.exec(content)?.[1];
      if (named !== undefined) expect(existsSync(join(fleet, path, '..', named)), path).toBe(true);
    }
  });

  test('piped output has no colours and no line that is drawn anew', () => {
    fleet = temporaryFolder(smallFleet);
    edit('clusters/dev/dev.yaml', 'stage: dev', 'stag: dev');
    const faulty = compile();
    expect(faulty.err).toContain('did you mean `stage`?');
    expect(faulty.err + faulty.out).not.toMatch(/[\u001b\r]/);
    edit('clusters/dev/dev.yaml', 'stag: dev', 'stage: dev');
    const clean = compile();
    expect(clean.err).toBe('verifying 4 overlays\n');
    expect(clean.out).not.toMatch(/[\u001b\r]/);
  });
});

describe('a generated file that was edited by hand', () => {
  const overlay = 'overlays/dev/shop/kustomization.yaml';

  test.each([
    ['its input changed', () => edit('clusters/dev/dev.yaml', 'replicas: 2', 'replicas: 5'), 'is something else'],
    [
      'it became stale',
      () => edit('clusters/dev/dev.yaml', text('clusters/dev/dev.yaml').split('systems:\n')[1]?.split('    stock:')[0] ?? '', ''),
      'nothing in the fleet generates it any more',
    ],
  ])('is refused when %s, until it is named', (_, change, because) => {
    compiledFleet();
    append(overlay, '# mine\n');
    change();
    const before = readTree(fleet);
    const refused = compile('--no-verify');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(`${overlay} was edited by hand`);
    expect(refused.err).toContain(because);
    expect(refused.err).toContain(`--overwrite ${overlay}`);
    expect(readTree(fleet)).toEqual(before);
    expect(compile('--no-verify', '--overwrite', 'overlays/dev/stock/kustomization.yaml').code).toBe(1);
    expect(compile('--no-verify', '--overwrite', `./${overlay}`).code).toBe(0);
    expect(readTree(fleet)).toEqual(compiledAnew());
  });

  test('in its line endings alone is told apart, also where nothing generates it any more', () => {
    compiledFleet();
    const gone = 'base/shop/old/web.yaml';
    const files = [overlay, 'base/shop/head/web.yaml'];
    for (const path of files) writeFileSync(join(fleet, path), text(path).replaceAll('\n', '\r\n'));
    writeFiles(fleet, new Map([[gone, text('base/stock/head/web.yaml').replaceAll('\n', '\r\n')]]));
    const refused = compile('--no-verify');
    expect(refused.code).toBe(1);
    for (const path of [...files, gone]) {
      expect(refused.err).toContain(`${path} has line endings of Windows (CRLF), and is otherwise as it was written`);
      expect(refused.err).toContain(`--overwrite ${path}\``);
    }
    expect(refused.err).toContain('`* text=auto eol=lf` in .gitattributes');
    expect(refused.err).not.toContain('edited by hand');
    append(overlay, '# mine\r\n');
    expect(compile('--no-verify').err).toContain(`${overlay} was edited by hand`);
    expect(compile('--no-verify', '--overwrite', ...files, gone).code).toBe(0);
    expect(readTree(fleet)).toEqual(compiledAnew());
  });

  test('one that was deleted comes back', () => {
    compiledFleet();
    rmSync(join(fleet, overlay));
    expect(compile('--check').code).toBe(1);
    expect(compile().out).toContain(`create ${overlay}`);
    expect(text(overlay)).toBe(compiled.get(overlay));
  });
});

describe('a file that Stowage did not write', () => {
  test('stops the run where a generated file belongs, until it is named', () => {
    fleet = temporaryFolder(smallFleet);
    const path = 'base/shop/head/web.yaml';
    writeFiles(fleet, new Map([[path, 'kind: Mine\n']]));
    const before = readTree(fleet);
    const refused = compile('--no-verify');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(`${path} was not written by Stowage`);
    expect(refused.err).toContain(`--overwrite ${path}`);
    expect(readTree(fleet)).toEqual(before);
    expect(compile('--no-verify', '--overwrite', path).code).toBe(0);
    expect(text(path)).toBe(compiled.get(path));
  });

  test('is kept elsewhere, also when all around it goes', () => {
    compiledFleet();
    writeFiles(fleet, new Map([['overlays/dev/shop/notes.md', 'mine\n']]));
    const { code, out } = compile('--no-verify');
    expect(code).toBe(0);
    expect(out).toContain('kept 1 file that Stowage did not write: overlays/dev/shop/notes.md');
    rmSync(join(fleet, 'clusters/dev'), { recursive: true });
    expect(compile('--no-verify').code).toBe(0);
    expect([...readTree(fleet).keys()].filter((path) => /^(overlays|argocd)\/dev/.test(path))).toEqual([
      'overlays/dev/shop/notes.md',
    ]);
  });
});

describe('a selection', () => {
  const written = (): string[] => [...readTree(fleet).keys()].filter((path) => /^(base|overlays|argocd)\//.test(path));
  const all = (): string[] => [...compiled.keys()].filter((path) => /^(base|overlays|argocd)\//.test(path));

  test.each([
    [['-e', 'dev'], /^base\/|^overlays\/dev\/|^argocd\/dev\/dev\//],
    [['-s', 'shop'], /^base\/shop\/|^overlays\/\w+\/shop\/|^argocd\/\w+\/\w+\/shop\./],
    [['-e', 'prod', '-s', 'stock'], /^base\/stock\/|^overlays\/prod\/stock\/|^argocd\/prod\/prod\/stock\./],
    [['-e', 'dev', '-e', 'prod'], /^base\/|^overlays\/|^argocd\/(dev\/dev|prod\/prod)\//],
  ])('%j writes only these, and a full run after it the rest', (words, wanted) => {
    fleet = temporaryFolder(smallFleet);
    expect(compile('--no-verify', ...words).code).toBe(0);
    expect(written()).toEqual(all().filter((path) => wanted.test(path)));
    expect(compile('-q').code).toBe(0);
    expect(readTree(fleet)).toEqual(new Map([...compiled].filter(([path]) => !path.startsWith('.stowage/'))));
  });

  test('what a selective run passed over is not taken for written', () => {
    compiledFleet();
    compile('-q');
    edit('systems/shop/system.yaml', 'replicas: 1', 'replicas: 7');
    edit('clusters/dev/dev.yaml', 'replicas: 2', 'replicas: 5');
    edit('clusters/prod/prod.yaml', 'replicas: 3', 'replicas: 6');
    for (const words of [
      ['-e', 'dev'],
      ['-s', 'stock'],
      ['-e', 'prod', '-s', 'stock'],
    ]) {
      expect(compile('-q', '--no-verify', ...words).code).toBe(0);
      expect(compile('--check', '-q', '--no-verify').code).toBe(1);
    }
    // Without verification nothing but the memory could make it write what was passed over.
    expect(compile('-q', '--no-verify').code).toBe(0);
    expect(readTree(fleet)).toEqual(compiledAnew());
    expect(run('verify', '-q').code).toBe(0);
  });

  test.each([
    [['-e', 'prd'], 'there is no environment `prd`', 'prod'],
    [['-s', 'stok'], 'there is no System `stok`', 'stock'],
    [['-e', 'dev', '-e', 'prod', '-e', 'deev'], 'there is no environment `deev`', 'dev'],
  ])('%j names nothing', (words, problem, suggestion) => {
    fleet = temporaryFolder(smallFleet);
    const { code, out, err } = compile(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(problem);
    expect(err).toContain(`did you mean \`${suggestion}\`?`);
    expect(written()).toEqual([]);
  });

  test('of a name that is not known tells the file that nothing reads', () => {
    fleet = temporaryFolder(smallFleet);
    renameSync(join(fleet, 'clusters/dev/dev.yaml'), join(fleet, 'clusters/dev/dev.yml'));
    for (const command of ['compile', 'seal', 'plan', 'footprint'])
      expect(run(command, '-e', 'dev', ...(command === 'plan' ? ['--what-if', 'kubernetes=1.35'] : []))).toEqual({
        code: 2,
        out: '',
        err: 'error: there is no environment `dev`\n  → known here: prod; nothing reads clusters/dev/dev.yml: rename it to dev.yaml\n',
      });
    renameSync(join(fleet, 'stowage.yaml'), join(fleet, 'stowage.yml'));
    for (const words of [[], ['--fleet', '.']])
      expect(compile(...words)).toMatchObject({ code: 2, err: expect.stringContaining('→ rename stowage.yml to stowage.yaml') });
  });

  test('names what is there, and nothing that runs', () => {
    fleet = temporaryFolder(smallFleet);
    edit('clusters/prod/prod.yaml', '    stock:\n      parameters: {domain: prod.example.com}\n', '');
    expect(compile('-e', 'prod', '-s', 'stock')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/`prod` does not run `stock`\n.*it runs shop/),
    });
    expect(run('footprint', '-e', 'prod', '-s', 'stock')).toMatchObject({ code: 2, out: '' });
    expect(written()).toEqual([]);
    // One of them is enough.
    expect(compile('-q', '--no-verify', '-e', 'prod', '-e', 'dev', '-s', 'stock').code).toBe(0);
    expect(written()).toContain('overlays/dev/stock/kustomization.yaml');
    edit('clusters/dev/dev.yaml', '    stock:\n      parameters: {domain: dev.example.com}\n', '');
    expect(run('plan', '--what-if', 'kubernetes=1.35', '-e', 'prod', '-e', 'dev', '-s', 'stock').err).toContain(
      'none of `prod` and `dev` runs `stock`',
    );
    // What an environment runs that cannot be read is told as its problem.
    edit('clusters/dev/dev.yaml', 'systems:', 'system:');
    expect(compile('-e', 'dev', '-s', 'stock')).toMatchObject({
      code: 1,
      err: expect.stringContaining('unknown field `system`'),
    });
  });

  test('counts no proof of what it is not about', () => {
    fleet = temporaryFolder(smallFleet);
    const proofs = (...words: string[]) => JSON.parse(compile('--json', ...words).out).verification;
    expect(proofs('-e', 'dev', '-s', 'shop')).toMatchObject({ verified: 1, provenBefore: 0 });
    expect(proofs('-e', 'dev')).toMatchObject({ verified: 1, provenBefore: 1 });
    expect(proofs('-e', 'dev', '-s', 'shop')).toMatchObject({ verified: 0, provenBefore: 1 });
  });
});

test('what is named for overwriting and is not there is no mistake to pass over', () => {
  fleet = temporaryFolder(smallFleet);
  expect(compile('-q', '--no-verify').code).toBe(0);
  const refused = (path: string) => {
    const { code, out, err } = compile('--overwrite', path);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    return err;
  };
  expect(refused('./nosuch')).toContain('--overwrite nosuch: there is no such file among the generated ones');
  expect(refused('systems/shop/system.yaml')).toContain("paths begin at the fleet's folder");
  expect(refused('overlays/prod/shop/kustomization.yml')).toContain('did you mean `overlays/prod/shop/kustomization.yaml`?');
});

describe('the memory', () => {
  const memory = '.stowage/memory';
  const counts = ({ out }: Ended) => JSON.parse(out).verification as { verified: number; provenBefore: number };

  test('an edit of one environment builds only its overlay again', () => {
    fleet = temporaryFolder(smallFleet);
    expect(counts(compile('--json'))).toMatchObject({ verified: 4, provenBefore: 0 });
    edit('clusters/prod/prod.yaml', 'replicas: 3', 'replicas: 4');
    expect(counts(compile('--json'))).toMatchObject({ verified: 1, provenBefore: 3 });
    expect(counts(compile('--json'))).toMatchObject({ verified: 0, provenBefore: 4 });
    expect(counts(run('verify', '--json'))).toMatchObject({ verified: 4, provenBefore: 0 });
  });

  test.each(['overlays/prod/shop/kustomization.yaml', 'base/stock/head/web.yaml', 'argocd/prod/prod/project.yaml'])(
    'of one environment that changed does not hide that %s was edited by hand',
    (path) => {
      fleet = temporaryFolder(smallFleet);
      compile('-q');
      append(path, '# mine\n');
      edit('clusters/dev/dev.yaml', 'replicas: 2', 'replicas: 5');
      const before = readTree(fleet);
      const refused = compile();
      expect(refused).toMatchObject({ code: 1, err: expect.stringContaining(`${path} was edited by hand`) });
      expect(readTree(fleet)).toEqual(before);
    },
  );

  test('is what a change is held against', () => {
    const own = String(smallFleet.get('clusters/dev/dev.yaml')).replaceAll('dev.example', 'two.example');
    const two = own.replace('{name: dev}', '{name: two}').replace('  systems:', '  namespace: two\n  systems:');
    fleet = temporaryFolder(withFiles(smallFleet, { 'clusters/dev/two.yaml': two }));
    expect(compile('-q')).toEqual({ code: 0, out: '', err: '' });
    edit('clusters/dev/two.yaml', 'domain: two.example', 'domain: dev.example');
    const before = readTree(fleet);
    const refused = compile();
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('both serve shop.dev.example.com') });
    expect(readTree(fleet)).toEqual(before);
    edit('clusters/dev/two.yaml', 'domain: dev.example', 'domain: two.example');
    expect(compile('--check').out).toContain('up to date');
  });

  test.each<[string, ((whole: string) => string) | undefined]>([
    ['gone', undefined],
    ['empty', () => ''],
    ['cut off', (whole) => whole.slice(0, -10)],
    ['not a memory', () => 'null'],
    ['without units', (whole) => whole.slice(0, whole.indexOf('\n') + 1)],
    ['of another format', (whole) => whole.replace(/^stowage memory \d+/, 'stowage memory 99')],
    ['altered', (whole) => whole.replace('overlays/dev/shop', 'overlays/dev/shap')],
  ])('%s: only time is lost', (_, change) => {
    compiledFleet();
    const whole = text(memory);
    expect(whole).toMatch(/^stowage memory \d+ [\da-f]{64}\n.*overlays\/dev\/shop\t/s);
    if (change === undefined) rmSync(join(fleet, memory));
    else writeFileSync(join(fleet, memory), change(whole));
    expect(compile('--check', '--no-verify')).toMatchObject({ code: 0, err: '' });
    edit('clusters/dev/dev.yaml', 'replicas: 2', 'replicas: 5');
    expect(compile('-q', '--no-verify')).toEqual({ code: 0, out: '', err: '' });
    expect(readTree(fleet)).toEqual(compiledAnew());
    expect(compile('--check', '--no-verify').code).toBe(0);
  });
});
