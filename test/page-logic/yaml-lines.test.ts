import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { blockIndent, indentBlock, type YamlRow, yamlRows } from '../../src/page/object/yaml-lines.ts';
import { printText } from '../../src/page/object/yaml-scalar.ts';
import type { Json } from '../../src/report/report.ts';
import { settings } from '../support/fast-check-settings.ts';

const textOf = (rows: readonly YamlRow[]) =>
  rows
    .map((row) => {
      const line = row.nodes
        .map(({ element, key, value }) => `${element ? '- ' : ''}${key === null ? '' : `${key}: `}${value?.text ?? ''}`)
        .join('');
      const block = row.nodes.at(-1)?.value?.block ?? null;
      return `${' '.repeat(row.indent)}${line}${block === null ? '' : `\n${indentBlock(block, blockIndent(row))}`}\n`;
    })
    .join('');
const printed = (value: Json, closed: string[] = []) => textOf(yamlRows(value, 0, new Set(closed)));

test('an object stands as Kubernetes people write it', () => {
  const value = {
    kind: 'Deployment',
    metadata: { annotations: {}, labels: { 'app.kubernetes.io/name': 'web' } },
    spec: { replicas: 2, paused: false, containers: [{ name: 'web', args: ['-c', 'exec web\nwait\n'] }], matrix: [[1, 2]] },
  };
  expect(printed(value).replaceAll(/ +$/gm, '')).toBe(`kind: Deployment
metadata:
  annotations: {}
  labels:
    app.kubernetes.io/name: web
spec:
  replicas: 2
  paused: false
  containers:
    - name: web
      args:
        - -c
        - |
          exec web
          wait
  matrix:
    - - 1
      - 2
`);
});

describe('what is printed is read back as what it was', () => {
  const hostile = [
    ...['', ' ', '~', 'null', 'Yes', 'n', 'on', '0x1f', '0o17', '1e3', '1_000', '.5', '-.inf', '1:30', '2026-01-01', '=', '<<'],
    ...['- a', '-', '?', ': a', 'a: b', 'a:', 'a #b', '#a', '&a', '*a', '!a', '|', '>', "'", '"', '%a', '@a', '`a', '[a]', '{a}'],
    ...[
      '---',
      '... a',
      'a\tb',
      '\ta',
      'a\rb',
      'a\u202eb',
      '\ufeffa',
      'a\u0000b',
      'a\ud800b',
      'a\u2028b',
      '\u0085',
      'it\'s \\ "so"',
    ],
    ...[
      'a\nb',
      'a\nb\n',
      'a\nb\n\n\n',
      '\na',
      ' a\nb',
      'a\n  b',
      'a\n\n b\n',
      'a\n ',
      'a\n\t\n',
      'a\nb: c # d\n---\n',
      '\n',
      'a\r\nb',
      'a \n',
    ],
    ...['__proto__', 'constructor', '😀', '1.2.3', '250m', '-c', 'http://a/b?c#d', '${a}', '</script>'],
  ];
  test.each(hostile)('%j', (text) => {
    const value = Object.fromEntries([
      [text, [text, { [text.slice(0, 2)]: text }, [text]]],
      ['x', text],
    ]) as Json;
    expect(parse(printed(value))).toEqual(value);
    expect(parse(printText(text), { version: '1.1' })).toBe(text);
  });

  test('for any JSON', () => {
    const key = fc.string({ maxLength: 8, unit: fc.constantFrom('a', '-', ':', ' ', '#', '"', "'", '\n', '[', '1', '\\', '\t') });
    const { map } = fc.letrec((tie) => ({
      map: fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 4 }),
      list: fc.array(tie('node'), { maxLength: 4 }),
      node: fc.oneof(
        { maxDepth: 4 },
        key,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('map'),
      ),
    }));
    fc.assert(
      fc.property(map, (value) => {
        expect(parse(printed(value as Json))).toEqual(value);
      }),
      settings(400),
    );
  });
});

test('what is closed takes one line that says how much it holds', () => {
  const value: Json = { a: { b: 1, c: 2 }, d: [{ name: 'x', e: 1 }, { name: 'z' }] };
  expect(printed(value, ['a', 'd[x]'])).toBe('a: 2 keys\nd: \n  - 2 keys\n  - name: z\n');
});

test('each line knows its field and where it comes from', () => {
  const value = JSON.parse('{"__proto__":{"constructor":1},"list":[{"name":"a","v":1},7]}') as Json;
  const rows = yamlRows(value, { at: 1, in: JSON.parse('{"__proto__":2,"list":{"at":3,"in":[{"at":4,"in":{"v":5}},6]}}') });
  expect(rows.map(({ nodes }) => nodes.map(({ field, origin }) => `${field} ${origin}`))).toEqual([
    ['__proto__ 2'],
    ['__proto__.constructor 2'],
    ['list 3'],
    ['list[a] 4', 'list[a].name 4'],
    ['list[a].v 5'],
    ['list[1] 6'],
  ]);
});

test('5,000 lines in a ConfigMap and 5,000 keys take no time', () => {
  const text = 'key = value\n'.repeat(5000);
  const value = { data: { text, ...Object.fromEntries(Array.from({ length: 5000 }, (_, place) => [`key-${place}`, 'x'])) } };
  const before = process.cpuUsage();
  expect(yamlRows(value, 0)).toHaveLength(5002);
  expect(process.cpuUsage(before).user).toBeLessThan(200_000);
});
