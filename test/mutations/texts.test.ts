import { describe, expect, it } from 'vitest';
import { withFiles } from '../support/fleet-files.ts';
import { mediumFleet } from '../support/medium-fleet.ts';
import { compileAnything } from './expect-places.ts';

const fleet = mediumFleet();
const system = 'systems/shop/system.yaml';
const environment = 'clusters/east/one.yaml';
const text = fleet.get(system) as string;
const environmentText = fleet.get(environment) as string;

function codesOf(changes: Readonly<Record<string, string | Uint8Array | undefined>>, what: string): string[] {
  return compileAnything(withFiles(fleet, changes), what);
}

describe('nesting', () => {
  const deep = 20_000;
  const shapes: Record<string, string> = {
    'lists in lists': '['.repeat(deep),
    'closed lists in lists': '['.repeat(deep) + ']'.repeat(deep),
    'maps in maps': '{a: '.repeat(deep),
    'closed maps in maps': `${'{a: '.repeat(deep)}1${'}'.repeat(deep)}`,
    'lists whose brackets hide behind quotes': '[ "]", '.repeat(deep),
    'maps whose brackets hide behind quotes': `{ "}": '}', a: `.repeat(deep),
    'lists whose brackets hide behind comments': '[ # ]\n '.repeat(deep),
    'block lists on one line': `${'- '.repeat(deep)}a`,
    'block maps on one line': `${'? '.repeat(deep)}a`,
    'block maps line by line': Array.from({ length: 600 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
    'block lists line by line': Array.from({ length: 600 }, (_, level) => `${' '.repeat(level)}-`).join('\n'),
    'block lists line by line with lists on each': Array.from(
      { length: 300 },
      (_, level) => `${' '.repeat(level * 50)}${'- '.repeat(25)}`,
    ).join('\n'),
    'anchors in anchors': `${'&a ['.repeat(deep)}`,
    'tags upon tags': `${'!a '.repeat(deep)}b`,
    'URLs with passwords': 'a://b:c@'.repeat(30_000),
    'beginnings of private keys': '-----BEGIN PRIVATE KEY-----'.repeat(10_000),
    'one long word': 'a'.repeat(300_000),
    'colons before an expression': `${'a: '.repeat(3_000)}\${a}`,
    'braces in an expression': `\${${'{"a": '.repeat(3_000)}1${'}'.repeat(3_000)}}`,
    'brackets in an expression': `\${${'('.repeat(5_000)}1${')'.repeat(5_000)}}`,
  };
  it.each(Object.entries(shapes))('%s', (what, shape) => {
    expect(codesOf({ [environment]: shape }, what)).not.toEqual([]);
    const inside = environmentText.replace(
      'merge: { metadata:',
      `merge: { more: ${shape.includes('\n') ? '[]' : shape}, metadata:`,
    );
    codesOf({ [environment]: inside }, `${what} inside a patch`);
    const value = JSON.stringify(shape);
    codesOf({ [system]: text.replace('GREETING: ${parameters.greeting}', `GREETING: ${value}`) }, `${what} as a text`);
  });
});

describe('aliases', () => {
  const laughs = ['a: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 12; level += 1)
    laughs.push(
      `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  const shapes: Record<string, string> = {
    'a billion laughs': laughs.join('\n'),
    'an anchor inside itself': 'a: &a [1, *a]\n',
    'an anchor that does not exist': 'a: *b\n',
    'many aliases': `a: &a 1\nb: [${Array(5_000).fill('*a').join(', ')}]\n`,
    'a merge key': 'a: &a {b: 1}\nc: {<<: *a}\n',
    'merge keys in a circle': 'a: &a {<<: *a}\n',
  };
  it.each(Object.entries(shapes))('%s', (what, shape) => {
    expect(codesOf({ [environment]: shape }, what)).not.toEqual([]);
    const inside = `${environmentText}\n${shape.replace(/^/gm, '      ')}`;
    codesOf({ [environment]: inside }, `${what} inside`);
  });

  it('a few are fine', () => {
    const shared = environmentText
      .replace('labels: { team: shop }', 'labels: &l { team: shop }')
      .replace('quota: { pods: 20 }', 'labels: *l');
    expect(codesOf({ [environment]: shared }, 'an alias')).toEqual([]);
  });
});

describe('what is no text', () => {
  const bytes = (...values: number[]) => new Uint8Array(values);
  const encoded = new TextEncoder().encode(text);
  const odd: Record<string, Uint8Array> = {
    'two megabytes': new Uint8Array(2_097_152).fill(0x61),
    'a megabyte and a byte of comment': new Uint8Array(1_048_577).fill(0x23),
    'a picture': bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d),
    'every byte': Uint8Array.from({ length: 256 }, (_, index) => index),
    'UTF-16': bytes(0xff, 0xfe, 0x61, 0, 0x3a, 0),
    'half a character': bytes(0x61, 0x3a, 0x20, 0xe2, 0x82),
    'a NUL': bytes(...encoded, 0),
    'a NUL in the middle': bytes(...encoded.slice(0, 500), 0, ...encoded.slice(500)),
  };
  it.each(Object.entries(odd))('%s', (what, content) => {
    for (const path of fleet.keys()) {
      const codes = codesOf({ [path]: content }, `${what} as ${path}`);
      expect(codes, `${what} as ${path}`).not.toEqual([]);
      expect(
        codes.every((code) => code === 'not-text' || code === 'misplaced-file' || code === 'unknown-system'),
        codes.join(),
      ).toBe(true);
    }
  });

  it.each(['\0', '\u0085', '\u2028', '\u007f', '\u009b', '\ufffe'])('%j, as it is and escaped', (character) => {
    const escaped = `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    for (const inside of [character, escaped]) {
      const codes = codesOf({ [system]: text.replace('description: A shop', `description: "A ${inside} shop"`) }, escaped);
      expect(codes).toContain('not-text');
    }
    expect(codesOf({ 'systems/shop/files/run.sh': `echo ${character}\n` }, escaped)).toContain('not-text');
  });
});

describe('reserved keys', () => {
  it.each(['__proto__', 'constructor', 'prototype'])('%s anywhere', (key) => {
    const anywhere = [
      text.replace('parameters:\n', `parameters:\n    ${key}: { type: string, default: a }\n`),
      text.replace('components:\n    web:', `components:\n    ${key}: { image: "a:1" }\n    web:`),
      text.replace('LOG_LEVEL: info', `${key}: info`),
      text.replace('limits: [{', `${key}: { polluted: true }, limits: [{`),
      `${key}: 1\n${text}`,
      `"${key}": { toString: 1 }\n${text}`,
    ];
    for (const [index, changed] of anywhere.entries()) {
      expect(changed).not.toBe(text);
      expect(codesOf({ [system]: changed }, `${key} ${index}`), `${key} ${index}`).toContain('reserved-key');
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('are not reached by patches and expressions either', () => {
    const json = (path: string) => environmentText.replace('path: /metadata/labels/shown', `path: ${path}`);
    for (const path of ['/__proto__/polluted', '/metadata/__proto__/polluted', '/constructor/prototype/polluted'])
      expect(codesOf({ [environment]: json(path) }, path), path).toContain('patch-matches-nothing');
    for (const expression of [
      '{"__proto__": {"polluted": true}}',
      'components.__proto__',
      'parameters.constructor',
      'self.__proto__.x',
    ])
      codesOf({ [system]: text.replace('GREETING: ${parameters.greeting}', `GREETING: '\${${expression}}'`) }, expression);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each(['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'])(
    '%s names nothing that does not exist',
    (name) => {
      const refused = [
        [environment, environmentText.replace('profiles: [large]', `profiles: [${name}]`)],
        [environment, environmentText.replace('profiles: [large]', `release: ${name}`)],
        [environment, environmentText.replace('    shop:', `    ${name === '__proto__' ? 'x' : name.toLowerCase()}:`)],
        [system, text.replace('config: pages, mountPath', `config: ${name}, mountPath`)],
        [system, text.replace('$from: [common]', `$from: [${name}]`)],
        [system, text.replace('talksTo: [cache]', `talksTo: [${name}]`)],
        [system, text.replace('tcp: http', `tcp: ${name}`)],
        [system, text.replace('${parameters.greeting}', `\${parameters.${name}}`)],
        [system, text.replace('components.db.host', `components.${name}.host`)],
      ] as const;
      for (const [path, changed] of refused) expect(codesOf({ [path]: changed }, `${name} in ${path}`), changed).not.toEqual([]);
    },
  );
});

describe('names and references with odd characters', () => {
  const names = [
    '..',
    '../x',
    '../../etc',
    './a',
    '/etc',
    'a/../b',
    'a\\b',
    'A',
    'ä',
    'a b',
    ' ',
    '',
    '-a',
    'a-',
    'a_b',
    'a..b',
    '%2e%2e',
    '~',
    '$(id)',
    '`id`',
    'a;b',
    'con',
    'x'.repeat(64),
    'x'.repeat(5_000),
  ];
  it.each(names)('%j', (name) => {
    const quoted = JSON.stringify(name);
    const changes: Record<string, string>[] = [
      { [system]: text.replace('file: run.sh', `file: ${quoted}`) },
      { [system]: text.replace('metadata: { name: shop }', `metadata: { name: ${quoted} }`) },
      { [system]: text.replace('    cache:\n', `    ${quoted}:\n`) },
      { [system]: text.replace('    pages:\n', `    ${quoted}:\n`) },
      { [system]: text.replace('      run.sh:', `      ${quoted}:`) },
      { [system]: text.replace('    limits:\n', `    ${quoted}:\n`) },
      { [system]: text.replace('metadata: { name: shop }\n      spec', `metadata: { name: ${quoted} }\n      spec`) },
      { [environment]: environmentText.replace('name: one', `name: ${quoted}`) },
      { [environment]: environmentText.replace('shop-one', name) },
      { [environment]: environmentText.replace('profiles: [large]', `release: ${quoted}`) },
      { [environment]: environmentText.replace('name: shop-db', `name: ${quoted}`) },
      { [`systems/${name}/system.yaml`]: text },
      { [`systems/shop/releases/${name}/system.yaml`]: text },
      { [`clusters/${name}/cluster.yaml`]: fleet.get('clusters/east/cluster.yaml') as string },
      { [`clusters/east/${name}.yaml`]: environmentText },
      { [`clusters/east/sealed/one/shop/${name}.yaml`]: 'kind: SealedSecret\n' },
      { [`systems/shop/files/${name}`]: 'x' },
      { [`elsewhere/${name}`]: 'x' },
    ];
    for (const [index, change] of changes.entries()) codesOf(change, `${quoted}, ${index}`);
  });

  it('never reach a path of a generated file', async () => {
    const { compileFleet } = await import('../support/compile-fleet.ts');
    for (const name of names) {
      for (const path of [`systems/${name}/system.yaml`, `clusters/${name}/cluster.yaml`, `clusters/east/${name}.yaml`]) {
        const content = (path.startsWith('systems') ? text : environmentText).replace(
          /name: (shop|one) /,
          `name: ${JSON.stringify(name)} `,
        );
        const { ok, outputs } = compileFleet(withFiles(fleet, { [path]: content }));
        for (const output of ok ? outputs.keys() : [])
          expect(output).toMatch(/^(base|overlays|argocd)(\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/);
      }
    }
  });
});

describe('other forms of the same text', () => {
  it.each([
    ['CRLF', (all: string) => all.replaceAll('\n', '\r\n')],
    ['a byte order mark', (all: string) => `\ufeff${all}`],
    ['spaces at the ends of lines', (all: string) => all.replaceAll('\n', '  \n')],
    ['no line break at the end', (all: string) => all.trimEnd()],
    ['comments all over', (all: string) => all.replaceAll('\n', ' # }]"\n')],
  ])('%s changes nothing', async (_, change) => {
    const { compileClean } = await import('../support/compile-fleet.ts');
    const changed = new Map(
      [...fleet].map(([path, content]) => [path, path.endsWith('.yaml') ? change(content as string) : content]),
    );
    expect([...compileClean(changed).outputs]).toEqual([...compileClean(fleet).outputs]);
  });

  it.each([
    ['CR alone', (all: string) => all.replaceAll('\n', '\r')],
    ['tabs', (all: string) => all.replaceAll('  ', '\t')],
    ['nothing', () => ''],
    ['spaces', () => '  \n \n'],
    ['a comment', () => '# nothing\n'],
    ['three dashes', () => '---\n'],
    ['two documents', (all: string) => `${all}---\n${all}`],
    ['a scalar', () => 'text\n'],
    ['a list', () => '- a\n- b\n'],
    ['null', () => 'null\n'],
    ['a number', () => '7\n'],
    ['a key that is a map', () => '? {a: b}\n: c\n'],
    ['a key that is a number', () => '1: 2\n'],
    ['a tag', () => '!!js/function "x"\n'],
    ['a directive', () => '%YAML 1.1\n---\na: yes\n'],
    ['another kind', () => 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n'],
  ])('%s is told', (what, change) => {
    for (const [path, content] of fleet) {
      if (!path.endsWith('.yaml')) continue;
      const codes = codesOf({ [path]: change(content as string) }, `${what} as ${path}`);
      expect(codes, `${what} as ${path}`).not.toEqual([]);
    }
  });

  it('cut off anywhere', () => {
    for (const [path, content] of fleet) {
      if (!path.endsWith('.yaml') || path.startsWith('clusters/west/')) continue;
      const whole = content as string;
      const step = Math.max(1, Math.ceil(whole.length / 60));
      for (let length = 0; length < whole.length; length += step)
        codesOf({ [path]: whole.slice(0, length) }, `${path} cut at ${length}`);
    }
  });
});

it('tells names that stand for two things', () => {
  expect(codesOf({ 'clusters/west/one.yaml': environmentText }, 'an environment twice')).toContain('name-conflict');
  const releases = { 'systems/shop/releases/v1/system.yaml': text, 'systems/shop/releases/V1/system.yaml': text };
  expect(codesOf(releases, 'releases that differ in case')).toContain('name-conflict');
});
