import { describe, expect, it } from 'vitest';
import { type Document, isMap, isSeq, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { type Files, withFiles } from '../support/fleet-files.ts';
import { mediumFleet } from '../support/medium-fleet.ts';
import { compileAnything } from './expect-places.ts';

type Path = readonly (string | number)[];

/** Its second environment says nothing new. */
const fleet = withFiles(mediumFleet(), { 'clusters/west/two.yaml': undefined, 'clusters/west/cluster.yaml': undefined });
const documents = [...fleet].filter(([path]) => path.endsWith('.yaml')) as [string, string][];

/** Every key of a document, by the way to it. */
function keysOf(text: string): Path[] {
  const paths: Path[] = [];
  const visit = (node: unknown, path: Path) => {
    if (isMap(node)) {
      for (const pair of node.items as Pair[]) {
        const inner = [...path, String(pair.key)];
        paths.push(inner);
        visit(pair.value, inner);
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) visit(item, [...path, index]);
    }
  };
  visit(parseDocument(text).contents, []);
  return paths;
}

function pairAt(document: Document, key: Path): Pair {
  const parent = (key.length === 1 ? document.contents : document.getIn(key.slice(0, -1), true)) as YAMLMap;
  return parent.items.find((item) => String(item.key) === key.at(-1)) as Pair;
}

function withDocument(path: string, text: string): Files {
  return withFiles(fleet, { [path]: text });
}

it('is a fleet that compiles, or the mutations would prove little', () => {
  expect(compileAnything(fleet, 'as it is')).toEqual([]);
  expect(documents.flatMap(([, text]) => keysOf(text)).length).toBeGreaterThan(180);
});

describe.each(documents)('%s', (path, text) => {
  const keys = keysOf(text);

  it('with a key less', () => {
    for (const key of keys) {
      const document = parseDocument(text);
      document.deleteIn(key);
      compileAnything(withDocument(path, String(document)), `${path} without ${key.join('.')}`);
    }
  });

  it('with a key twice', () => {
    for (const key of keys) {
      const document = parseDocument(text);
      const parent = (key.length === 1 ? document.contents : document.getIn(key.slice(0, -1), true)) as YAMLMap;
      const pair = parent.items.find((item) => String(item.key) === key.at(-1));
      parent.items.push(pair as Pair as never);
      const what = `${path} with ${key.join('.')} twice`;
      expect(compileAnything(withDocument(path, String(document)), what), what).toContain('yaml-syntax');
    }
  });

  it('with a key renamed', () => {
    for (const [index, key] of keys.entries()) {
      const document = parseDocument(text);
      const pair = pairAt(document, key);
      pair.key = document.createNode(oddKeys[index % oddKeys.length]);
      compileAnything(withDocument(path, String(document)), `${path} with ${key.join('.')} as ${String(pair.key)}`);
    }
  });

  it('with a field misspelt, of which nothing else is told', () => {
    for (const key of keys) {
      const document = parseDocument(text);
      pairAt(document, key).key = document.createNode(`${String(key.at(-1))}x`);
      const what = `${path} with ${key.join('.')}x`;
      const codes = compileAnything(withDocument(path, String(document)), what);
      if (codes.includes('unknown-field'))
        expect(
          codes.filter((code) => !ofShape.includes(code)),
          what,
        ).toEqual([]);
    }
  });

  it('with a value of another type', () => {
    for (const [index, key] of keys.entries()) {
      for (const [turn, value] of otherValues.entries()) {
        // Every key with nothing and with every sixth of the others: all meet all kinds of keys, in a sixth of the time.
        if (value !== null && (index + turn) % 6 !== 0) continue;
        const document = parseDocument(text);
        document.setIn(key, document.createNode(value));
        compileAnything(withDocument(path, String(document)), `${path} with ${key.join('.')} = ${JSON.stringify(value)}`);
      }
    }
  });
});

const ofShape = ['unknown-field', 'missing-field', 'wrong-type'];

const oddKeys = ['toString', 'x', '', 'a b', '1', 'valueOf', 'A'.repeat(300), '${x}', '../x', 'é', 'null', '-'];

const otherValues: readonly unknown[] = [
  null,
  true,
  7,
  -1.5,
  1e300,
  '',
  'text',
  '../../etc/passwd',
  '${',
  '${nosuch.thing}',
  '${1/0}',
  '${parameters.size}',
  '${components.web.url}',
  '${secrets.login.password}',
  '[a-z',
  '(((((',
  'A'.repeat(70),
  'toString',
  [],
  ['text', 7],
  [{}],
  {},
  { text: 'x', other: { a: [1] } },
  { toString: 1 },
];
