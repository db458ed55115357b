import { describe, expect, it } from 'vitest';
import { isMap, isSeq, LineCounter, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { inputs, renders } from './fleet.ts';

/**
 * Every entry under `objects:` and `patches:` of the fleet, with its number of lines and the reason why the language has
 * no word for it. A need that a second system has too is a reason to give it one.
 */
const escapes: Readonly<Record<string, readonly [lines: number, reason: string]>> = {
  'systems/fluss/system.yaml profiles.workload-identity.objects.account': [
    5,
    'the language has no word for annotations of a ServiceAccount, by which AWS tells the role of a pod',
  ],
};

interface Escape {
  readonly name: string;
  readonly lines: number;
}

/** What stands under `objects` and `patches`, wherever a document may have them. */
function escapesIn(path: string, text: string): Escape[] {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const spec = document.get('spec');
  if (!isMap(spec)) return [];
  const layers = [
    ['', spec],
    ...itemsOf(spec.get('profiles')).map(([name, layer]) => [`profiles.${name}.`, layer]),
    ...itemsOf(spec.get('systems')).map(([name, layer]) => [`systems.${name}.`, layer]),
  ] as [string, unknown][];
  return layers.flatMap(([prefix, layer]) =>
    ['objects', 'patches'].flatMap((word) =>
      itemsOf(isMap(layer) ? layer.get(word) : undefined).map(([name, value, start]) => ({
        name: `${path} ${prefix}${word}.${name}`,
        lines: linesOf(text, start, endOf(value, start), counter),
      })),
    ),
  );
}

/** Name, value and where it begins: of a map its keys, of a list its positions. */
function itemsOf(node: unknown): [string, unknown, number][] {
  if (isMap(node))
    return (node as YAMLMap<{ value: string; range: number[] }, unknown>).items.map(({ key, value }) => [
      key.value,
      value,
      key.range[0] as number,
    ]);
  if (isSeq(node)) return (node as YAMLSeq).items.map((item, index) => [String(index), item, endOf(item, 0, 0)]);
  return [];
}

function endOf(node: unknown, otherwise: number, at = 1): number {
  return (node as { range?: number[] } | null)?.range?.[at] ?? otherwise;
}

/** Comments and blank lines are not counted. */
function linesOf(text: string, start: number, end: number, counter: LineCounter): number {
  const [first, last] = [counter.linePos(start).line, counter.linePos(Math.max(start, end - 1)).line];
  return text
    .split('\n')
    .slice(first - 1, last)
    .filter((line) => !/^\s*(#|$)/.test(line)).length;
}

const decoder = new TextDecoder();
const described = [...inputs].filter(([path]) => /^(systems\/[^/]+\/system|clusters\/[^/]+\/[^/]+)\.yaml$/.test(path));
const found = described.flatMap(([path, bytes]) => escapesIn(path, decoder.decode(bytes)));

it('is counted in the System of every render and in its environment', () => {
  const paths = described.map(([path]) => path);
  for (const { environment, system } of renders) {
    expect(paths).toContain(`systems/${system}/system.yaml`);
    expect(paths.filter((path) => path.endsWith(`/${environment}.yaml`))).toHaveLength(1);
  }
});

it('the fleet escapes its language only where the table says why', () => {
  expect(Object.fromEntries(found.map(({ name, lines }) => [name, lines]))).toEqual(
    Object.fromEntries(Object.entries(escapes).map(([name, [lines]]) => [name, lines])),
  );
  for (const [name, [, reason]] of Object.entries(escapes)) expect(reason.length, name).toBeGreaterThan(20);
});

describe('the count', () => {
  it('sees every layer, and lines that say something', () => {
    const text = `
spec:
  objects:
    role:
      kind: Role

      # a comment
      rules: []
    one: { kind: One }
  profiles:
    dev: { objects: { two: { kind: Two } } }
  systems:
    shop:
      objects:
        three:
          data: |
            a
            b
      patches:
        - target: { kind: Service, name: x }
          reason: why
          merge:
            spec: {}
        - target: { kind: Service, name: y }
          reason: why
`;
    expect(escapesIn('a.yaml', text)).toEqual([
      { name: 'a.yaml objects.role', lines: 3 },
      { name: 'a.yaml objects.one', lines: 1 },
      { name: 'a.yaml profiles.dev.objects.two', lines: 1 },
      { name: 'a.yaml systems.shop.objects.three', lines: 4 },
      { name: 'a.yaml systems.shop.patches.0', lines: 4 },
      { name: 'a.yaml systems.shop.patches.1', lines: 2 },
    ]);
  });
});
