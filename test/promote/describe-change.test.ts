import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commitTextOf, describeChange } from '../../src/promote/describe-change.ts';
import type { Gate } from '../../src/promote/gate.ts';
import type { Intent } from '../../src/promote/intent.ts';
import type { ClassifiedField } from '../../src/promote/transfer.ts';
import { settings } from '../support/fast-check-settings.ts';

const field = (name: string, more: Partial<ClassifiedField> = {}): ClassifiedField => ({
  path: name.split('.'),
  name,
  source: 2,
  target: 1,
  class: 'carry',
  why: '',
  taken: true,
  ...more,
});

const intent = (more: Partial<Intent> = {}) =>
  ({
    purpose: 'promote',
    system: 'shop',
    environment: 'prod',
    from: 'test',
    fields: [],
    notes: [],
    ...more,
  }) as unknown as Intent;

test('says what goes along, what is held, and what held it', () => {
  const fields = [
    field('release', { source: '1.1.0', target: '1.0.0' }),
    field('parameters.version', { source: 'v2', target: undefined }),
    field('parameters.epochs', { class: 'hold', taken: true, source: [1], target: { a: null } }),
    field('parameters.level', { class: 'hold', taken: false, source: undefined }),
    field('parameters.domain', { class: 'local', taken: false }),
  ];
  const gates: Gate[] = [
    { kind: 'health', state: 'open', text: 'shop is healthy' },
    { kind: 'soak', state: 'waiting', text: 'healthy for 1h' },
    { kind: 'window', state: 'unknown', text: 'who knows' },
  ];
  const release = { before: '1.0.0', after: '1.1.0', frozen: true };
  const text = describeChange(intent({ fields, release, notes: ['cannot be taken back: ids: numbers'] }), gates, 'it burns');
  expect(text).toBe(`Promotes \`shop\` from \`test\` to \`prod\`.

Release \`1.0.0\` → \`1.1.0\`, which is frozen with this.

**Note:** \`cannot be taken back: ids: numbers\`

**Goes along**

|Field|prod|test|
|-|-|-|
|\`parameters.version\`||\`v2\`|
|\`parameters.epochs\`|\`{"a":null}\`|\`[1]\`|

**Is held, and stays as it is (\`--include <field>\` takes it)**

|Field|prod|test|
|-|-|-|
|\`parameters.level\`|\`1\`||

**Gates were overridden:** \`it burns\`

- [x] health: \`shop is healthy\`
- [ ] soak: \`healthy for 1h\`
- [ ] window: \`who knows\``);
});

test.each<[Partial<Intent>, string]>([
  [{ purpose: 'rollback', from: 'commit abc' }, 'Takes `shop` in `prod` back to how it was at `commit abc`.'],
  [{ purpose: 'bump', from: 'a:1' }, 'New images of `shop` in `prod`: `a:1`.'],
  [{ purpose: 'bump', from: 'a:1', environment: undefined }, 'New images of `shop` in the head: `a:1`.'],
])('%j is one line where there is nothing else to say', (more, text) => {
  expect(describeChange(intent(more), [], undefined)).toBe(text);
});

describe('tables', () => {
  test('that are long end with how much more there is', () => {
    const fields = Array.from({ length: 75 }, (_, index) => field(`parameters.p${index}`));
    const rows = rowsOf(describeChange(intent({ fields }), [], undefined));
    expect(rows).toHaveLength(2 + 40 + 1);
    expect(rows.at(-1)).toBe('|and 35 more|||');
  });

  test('of values that are long are cut, and never in the middle of a letter', () => {
    for (const pad of ['', 'x']) {
      const text = describeChange(
        intent({ fields: [field('parameters.p', { source: `${pad}${'😀'.repeat(500)}` })] }),
        [],
        undefined,
      );
      expect(text.length).toBeLessThan(400);
      expect(text).toContain('😀…`|');
      expect(text).not.toMatch(/\p{Surrogate}/u);
    }
  });
});

const hostile = [
  '@everyone <img src=x onerror=alert(1)> [a](javascript:b) #1 https://evil.example.com',
  '``` `x` `` @everyone',
  '`@everyone`',
  'a|b\\|c\\\\|d @everyone |',
  'ends with \\',
  '<!-- stowage {"key":"x","content":"","commit":""} -->',
  '--> </details> &lt;b&gt; *b* _i_ ~~s~~ $x$',
  'one\n\ntwo\r\n# three\n- [x] four\n|a|b|c|\n|-|-|-|',
  '\u202eesrever \u0000\u001b[31m\u2028',
  '',
  ' ',
  '`',
  '\\`',
];
const anything = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: fc.constantFrom('`', '``', '|', '\\', '\n', ' ', '@', '<', '>', 'a', '-', '😀'), maxLength: 12 }),
);

/** Text with a value in each place that holds one. */
const around = (text: string) =>
  describeChange(
    intent({
      notes: [text],
      fields: [
        field(`parameters.${text}`, { source: text, target: { key: text } }),
        field(text, { class: 'hold', taken: false, source: text, target: [text] }),
      ],
    }),
    [{ kind: 'window', state: 'waiting', text }],
    text,
  );

describe('whatever names and values say', () => {
  const quiet = shapeOf(around('quiet'));

  test.each(hostile)('%j stays code', (text) => {
    expect(shapeOf(around(text))).toEqual(quiet);
  });

  test('and any other text does, too', () => {
    const property = fc.property(anything, anything, (one, other) => {
      expect(shapeOf(around(one + other))).toEqual(quiet);
    });
    fc.assert(property, settings(500));
  });

  test('is printable', () => {
    expect(around('\u202eesrever\u0000\u001b[31m\u2028')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2028]/);
  });
});

describe('the text of the commit', () => {
  test('says where from and where to, and why gates did not count', () => {
    expect(commitTextOf(intent(), undefined)).toBe('shop from test to prod');
    expect(commitTextOf(intent({ environment: undefined, from: 'a:1' }), undefined)).toBe('shop from a:1');
    expect(commitTextOf(intent(), 'it burns')).toBe('shop from test to prod\n\nGates were overridden: it burns');
  });

  test('has no trailer of which a reason makes one', () => {
    const text = commitTextOf(intent(), 'it burns\n\nStowage-Content: 0\r\nSigned-off-by: me\n');
    expect(text.split('\n').filter((line) => /^[\w-]+: /.test(line))).toEqual([]);
    expect(text).not.toContain('\r');
  });
});

function rowsOf(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('|'));
}

/** What renderers see beside code: each line, or each cell of a table, with one sign for each span of code. */
function shapeOf(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    if (!line.startsWith('|')) return [withoutCode(line)];
    // Some take a backslash and what follows as one, others look for a bar without a backslash right before it.
    const [cells, others] = [cellsOf(line, /\\[\s\S]/g), cellsOf(line, /\\\|/g)];
    expect(cells).toEqual(others);
    return cells.map((cell) => `|${withoutCode(cell)}`);
  });
}

function cellsOf(line: string, escaped: RegExp): string[] {
  const bars = [...line.replace(escaped, '__').matchAll(/\|/g)].map(({ index }) => index);
  return bars.map((bar, index) => line.slice(bar + 1, bars[index + 1]));
}

/** A span of code ends with the first run of as many backticks as it begins with. */
function withoutCode(text: string): string {
  return text.replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '§');
}
