import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { graphFleet } from '../graph/graph-fleet.ts';
import { type Files, repository, temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { pathWithKustomize, stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';
import { footprintFleet } from './footprint-fleet.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever lies in a JSON document
type Nested = any;

const page = readFileSync(join(repository, 'docs/json.md'), 'utf8');
const compileFields = fieldsOf(tableAfter('## `compile`, `compile --check`, `verify`'));
const diagnosticFields = fieldsOf(tableAfter('A diagnostic:')).flatMap((field) =>
  field === 'related' ? ['related', ...['file', 'line', 'column', 'message'].map((inner) => `related[].${inner}`)] : [field],
);
const optional = ['hint', 'related', ...diagnosticFields.filter((field) => field.startsWith('related'))];

const changed = (path: string, from: string, to: string): Files =>
  withFiles(smallFleet, { [path]: String(smallFleet.get(path)).replace(from, to) });

/** The document that a call prints, and nothing beside it. */
function documentOf(words: string[], fleet: string, code: number, env: NodeJS.ProcessEnv = {}): Record<string, unknown> {
  const ended = stowage([...words, '--json'], { in: fleet, env });
  expect({ code: ended.code, err: ended.err }).toEqual({ code, err: '' });
  expect(ended.out).not.toMatch(/[\u001b\r]/);
  return JSON.parse(ended.out);
}

describe('compile and verify', () => {
  const whole = compileFields.filter((field) => !field.includes('[]'));
  const within = (field: string) => compileFields.filter((known) => known.startsWith(`${field}.`));

  test('the page names the fields', () => {
    expect(compileFields).toEqual(expect.arrayContaining(['files.foreign', 'verification.mismatches[].different']));
    expect(diagnosticFields).toEqual(expect.arrayContaining(['code', 'endColumn', 'related[].message']));
  });

  test('a clean run, a check of it and a verification', () => {
    const fleet = temporaryFolder(smallFleet);
    const written = documentOf(['compile'], fleet, 0);
    expect(fieldsIn(written)).toEqual(whole);
    expect(written).toMatchObject({ command: 'compile', ok: true, written: true, environments: 2, overlays: 4, diagnostics: [] });
    expect(written.files).toMatchObject({ updated: [], removed: [], unchanged: 0, foreign: [] });
    expect(written.verification).toMatchObject({ verified: 4, provenBefore: 0, mismatches: [] });
    const checked = documentOf(['compile', '--check'], fleet, 0);
    expect(fieldsIn(checked)).toEqual(whole);
    expect(checked).toMatchObject({ command: 'compile', ok: true, written: false });
    const verified = documentOf(['verify', '-e', 'prod'], fleet, 0);
    expect(fieldsIn(verified)).toEqual(whole);
    expect(verified).toMatchObject({ command: 'verify', ok: true, overlays: 4, verification: { verified: 2, provenBefore: 0 } });
  });

  test('without verification', () => {
    const document = documentOf(['compile', '--check', '--no-verify'], temporaryFolder(smallFleet), 1);
    expect(fieldsIn(document)).toEqual(whole.filter((field) => !within('verification').includes(field)));
    expect(document).toMatchObject({ ok: false, written: false, verification: null });
  });

  test('errors', () => {
    const faulty = changed('clusters/dev/dev.yaml', 'replicas: 2', 'replica: 2');
    const document = documentOf(['compile'], temporaryFolder(faulty), 1);
    expect(document).toMatchObject({ ok: false, written: false, files: null, environments: 0, overlays: 0 });
    const [diagnostic] = document.diagnostics as [Record<string, unknown>];
    expect(diagnostic).toMatchObject({
      code: 'unknown-field',
      severity: 'error',
      file: 'clusters/dev/dev.yaml',
      line: 9,
      column: 26,
    });
    expect(fieldsIn(diagnostic).filter((field) => !diagnosticFields.includes(field))).toEqual([]);
    expect(diagnosticFields.filter((field) => !(field in diagnostic) && !optional.includes(field))).toEqual([]);
    expect(page).toContain('(diagnostics.md)');
    expect(readFileSync(join(repository, 'docs/diagnostics.md'), 'utf8')).toContain('unknown-field');
  });

  test('a verification that failed', () => {
    const PATH = pathWithKustomize('echo no >&2; exit 1');
    const document = documentOf(['compile'], temporaryFolder(smallFleet), 3, { PATH });
    expect(fieldsIn(document)).toEqual(compileFields);
    expect(document).toMatchObject({
      ok: false,
      written: false,
      verification: { verified: 0, with: 'kustomize', mismatches: [{ overlay: 'overlays/dev/shop', problem: 'no' }, {}, {}, {}] },
    });
  });

  test('wrong usage and failures of the outside print no document', () => {
    const fleet = temporaryFolder(withFiles(smallFleet, { '.stowage': 'in the way' }));
    for (const [code, words] of [
      [2, ['compile', '-e', 'nowhere']],
      [3, ['compile']],
      [2, ['why', 'prod/shop/Deployment/none']],
      [2, ['init']],
    ] as const) {
      const ended = stowage([...words, '--json'], { in: fleet });
      expect({ code: ended.code, out: ended.out }, words.join(' ')).toEqual({ code, out: '' });
      expect(ended.err).toMatch(/^error: /);
    }
  });
});

describe('compile --what-if', () => {
  const fields = fieldsOf(tableAfter('## `compile --what-if`'));

  test('a fleet that would compile', () => {
    const document = documentOf(['compile', '--what-if', 'kubernetes=1.36', '-e', 'prod'], temporaryFolder(smallFleet), 0);
    expect(fieldsIn(document).filter((field) => field !== 'whatIf')).toEqual(fields);
    expect(document).toMatchObject({
      command: 'compile',
      ok: true,
      whatIf: { kubernetes: '1.36' },
      clusters: [{ name: 'prod', kubernetes: '1.35', environments: ['prod'], diagnostics: [] }],
      diagnostics: [],
    });
  });

  test('one that would not', () => {
    const faulty = changed('systems/shop/system.yaml', 'spec:\n', 'spec:\n  requires: {kubernetes: "<1.36"}\n');
    const document = documentOf(['compile', '--what-if', 'kubernetes=1.36'], temporaryFolder(faulty), 1);
    expect(document).toMatchObject({
      ok: false,
      clusters: [
        {
          name: 'dev',
          files: null,
          diagnostics: [
            {
              code: 'kubernetes-version',
              file: 'systems/shop/system.yaml',
              related: [{ message: '`kubernetes` of the cluster is assumed in place of 1.35' }, {}],
            },
          ],
        },
        { name: 'prod', files: null, diagnostics: [{ code: 'kubernetes-version' }] },
      ],
      diagnostics: [],
    });
  });
});

describe('why', () => {
  const fleet = temporaryFolder(smallFleet);
  const [spec, convention] = [...page.matchAll(/`\{(kind: "[^`]+)\}`/g)].map(([, names = '']) =>
    names.split(', ').map((name) => name.replace(/:.*/, '')),
  ) as [string[], string[]];
  const whole = fieldsOf(tableAfter('## `why`'));

  test('a value of the description', () => {
    const target = 'prod/shop/Deployment/web#spec.replicas';
    const document = documentOf(['why', target], fleet, 0);
    expect(Object.keys(document)).toEqual(whole);
    expect(Object.keys(document.origin as object)).toEqual(spec.filter((name) => name !== 'expression?'));
    expect(document).toEqual({
      command: 'why',
      target,
      object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-web' },
      path: ['spec', 'replicas'],
      value: 3,
      origin: {
        kind: 'spec',
        layer: 'environment prod',
        file: 'clusters/prod/prod.yaml',
        line: 9,
        column: 36,
        from: [],
        over: [
          {
            value: 1,
            origin: {
              kind: 'spec',
              layer: 'system shop',
              file: 'systems/shop/system.yaml',
              line: 11,
              column: 17,
              from: [],
              over: [],
            },
          },
        ],
      },
      changedBy: [],
    });
  });

  test('a computed value', () => {
    const { origin } = documentOf(['why', 'prod/shop/Ingress/web#spec.rules[0].host'], fleet, 0);
    expect(Object.keys(origin as object)).toEqual(spec.map((name) => name.replace('?', '')));
    expect(origin).toMatchObject({
      expression: 'shop.${parameters.domain}',
      from: [{ layer: 'environment prod', file: 'clusters/prod/prod.yaml', line: 8, column: 28 }],
    });
  });

  test('a convention', () => {
    const document = documentOf(['why', 'prod/shop/Deployment/web#spec.template.spec.securityContext.runAsNonRoot'], fleet, 0);
    expect(Object.keys(document.origin as object)).toEqual(convention);
  });

  test('errors of the description are text', () => {
    const faulty = temporaryFolder(changed('clusters/dev/dev.yaml', 'stage: dev', 'stag: dev'));
    const { code, out, err } = stowage(['why', 'dev/shop/Deployment/web', '--json'], { in: faulty });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('[unknown-field]');
  });
});

describe('footprint', () => {
  const fields = namesInBraces(tableAfter('## `footprint`'));
  const document = documentOf(['footprint'], temporaryFolder(footprintFleet), 0);
  const [cluster] = document.clusters as [Nested];
  const environment = cluster.environments[1] as Nested;
  const [system] = environment.systems as [Nested];

  test('has the fields of the page at every level', () => {
    expect(Object.keys(document)).toEqual(['command', 'ok', 'clusters', 'diagnostics']);
    expect([cluster, environment, system, system.components[0]].map((level) => Object.keys(level))).toEqual(fields.slice(0, 4));
    const [, sum = ''] = /A sum is `\{(.*?)\}`/.exec(page) ?? [];
    expect(Object.keys(cluster.minimum)).toEqual(sum.split(', '));
    expect(Object.keys(cluster.beyond)).toEqual(['minimum', 'maximum']);
  });

  test('amounts are exact', () => {
    expect(environment).toMatchObject({
      environment: 'dev',
      budget: { cpu: '10', memory: '20Gi' },
      beyond: { minimum: {}, maximum: { cpu: '400m' } },
      minimum: { pods: 7, requests: { cpu: '8600m', memory: '15488Mi', storage: '32256Mi', 'nvidia.com/gpu': '1' } },
      running: { pods: 1, limits: { cpu: '2', memory: '1Gi' } },
      perNode: { pods: 1, requests: { cpu: '100m', memory: '128Mi' }, limits: {}, unlimited: ['cpu', 'memory'] },
    });
    expect(system.components[0]).toMatchObject({ component: 'web', kinds: ['Deployment'], maximum: { pods: 8 } });
    expect(environment.systems[1].components[1]).toMatchObject({ component: null, kinds: ['Pod'] });
  });

  test('too much is among the diagnostics', () => {
    const path = 'clusters/dev/dev.yaml';
    const faulty = withFiles(footprintFleet, { [path]: String(footprintFleet.get(path)).replace('"10"', '"8"') });
    const told = documentOf(['footprint', '-e', 'dev'], temporaryFolder(faulty), 1);
    expect(told).toMatchObject({ ok: false, diagnostics: [{ code: 'over-budget', file: path, line: 5 }] });
    expect((told.clusters as [Nested])[0].environments).toHaveLength(1);
  });
});

describe('graph', () => {
  const document = documentOf(['graph', 'dev/shop'], temporaryFolder(graphFleet), 0);

  test('has the fields of the page', () => {
    const [node = [], edge = []] = namesInBraces(tableAfter('## `graph`'));
    const named = fieldsOf(tableAfter('## `graph`'));
    expect(Object.keys(document)).toEqual(['command', 'environment', 'system', 'nodes', 'edges']);
    expect(named).toEqual(Object.keys(document));
    for (const one of document.nodes as object[]) expect(Object.keys(one)).toEqual(node);
    for (const one of document.edges as object[]) expect(Object.keys(one)).toEqual(edge);
  });

  test('says null where there is nothing to say', () => {
    expect(document.nodes).toContainEqual({ component: 'extra', state: 'off', workload: 'Deployment', wave: null, host: null });
  });
});

describe('others', () => {
  const documented = new Map(
    tableAfter('## Others').map((row): [string, string[]] => {
      const [name = '', fields = ''] = [...row.matchAll(/`\{?([^`}]+)\}?`/g)].map(([, text = '']) => text);
      return [name, fields.split(', ')];
    }),
  );

  test('init', () => {
    const place = temporaryFolder();
    const document = documentOf(['init', 'new'], place, 0);
    expect(Object.keys(document)).toEqual(documented.get('init'));
    expect(document).toMatchObject({ command: 'init', folder: expect.stringMatching(/^\/.*\/new$/) });
    expect(document.files).toContain('systems/hello/system.yaml');
  });

  test('schema', () => {
    const document = documentOf(['schema', 'there'], temporaryFolder(), 0);
    expect(Object.keys(document)).toEqual(documented.get('schema'));
    for (const file of document.files as string[]) expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('$schema');
    expect(document.files).toHaveLength(6);
  });

  test.each(['bash', 'zsh'])('completion %s', (shell) => {
    const place = temporaryFolder();
    const document = documentOf(['completion', shell], place, 0);
    expect(Object.keys(document)).toEqual(documented.get('completion'));
    expect(document).toEqual({ command: 'completion', shell, script: stowage(['completion', shell], { in: place }).out });
  });

  test('release', () => {
    const document = documentOf(['release', 'shop', '1.0.0'], temporaryFolder(smallFleet), 0);
    expect(Object.keys(document)).toEqual(documented.get('release'));
    expect(document).toEqual({ command: 'release', system: 'shop', release: '1.0.0', folder: 'systems/shop/releases/1.0.0' });
  });
});

function tableAfter(words: string): string[] {
  const lines = page.slice(page.indexOf(words)).split('\n');
  const start = lines.findIndex((line) => line.startsWith('|-'));
  return lines.slice(
    start + 1,
    lines.findIndex((line, index) => index > start && !line.startsWith('|')),
  );
}

/** The lists of names in braces that a table shows. */
function namesInBraces(rows: readonly string[]): string[][] {
  return rows.flatMap((row) => [...row.matchAll(/list of `\{(.*?)\}`/g)].map(([, names = '']) => names.split(', ')));
}

/** The first cells of a table: `.x` stands beside the field before it, `….x` below `verification`. */
function fieldsOf(rows: readonly string[]): string[] {
  let before = '';
  return rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => {
      if (name.startsWith('….')) before = `verification.${name.slice(2)}`;
      else if (name.startsWith('.')) before = before.replace(/\.[^.]*$/, name);
      else before = name;
      return before;
    }),
  );
}

/** Every field of a document, in order; those of the objects in a list once. */
function fieldsIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => (isObject(item) ? fieldsIn(item, `${path}[]`) : [])))];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const below = path === '' ? key : `${path}.${key}`;
    return [below, ...fieldsIn(inner, below)];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
