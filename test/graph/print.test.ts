import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printDot } from '../../src/graph/print-dot.ts';
import { printMermaid } from '../../src/graph/print-mermaid.ts';
import type { SystemGraph } from '../../src/graph/system-graph.ts';
import { settings } from '../support/fast-check-settings.ts';
import { graphFleet, graphOf } from './graph-fleet.ts';

const graph = graphOf(graphFleet);

test('Mermaid: waves, what is off, what is outside, and the edges', () => {
  expect(printMermaid(graph)).toBe(`flowchart LR
  %% solid: starts after the other; dotted: may reach it, in any order
  subgraph wave0["wave 0"]
    n1["graph<br/>Deployment"]
    n3[("subgraph<br/>StatefulSet")]
  end
  subgraph wave1["wave 1"]
    n2{{"migrate<br/>Job"}}
  end
  subgraph wave2["wave 2"]
    n0["end<br/>Deployment"]
  end
  subgraph outside["outside"]
    n4(["search<br/>search.example.com"])
  end
  subgraph switched_off["off"]
    n5["extra<br/>Deployment"]
  end
  n0 -->|"sql 5432"| n3
  n0 -.->|"http 443"| n4
  n0 --> n2
  n0 -.->|"http 8080, admin 90"| n1
  n1 -.->|"http 8080, admin 90"| n0
  n2 -->|"sql 5432"| n3
  n0 -.-> n5
  n5 --> n3
  classDef external stroke-dasharray:4 3
  class n4 external
  classDef off fill:#f7f7f7,stroke:#ccc,color:#aaa
  class n5 off
  linkStyle 6,7 stroke:#ccc,color:#aaa
`);
});

test('both: pods that a component creates stand in no wave', () => {
  const node = { component: 'runner', state: 'on', workload: 'created by api', wave: undefined, host: undefined } as const;
  const alone: SystemGraph = { nodes: [node], edges: [] };
  expect(printMermaid(alone)).toContain('subgraph created["at run time"]\n    n0["runner<br/>created by api"]');
  expect(printDot(alone, 'x')).toContain('label="at run time";\n    color="#cccccc";\n    n0 [label="runner\\ncreated by api"]');
});

test('DOT: the same', () => {
  expect(printDot(graph, 'dev/shop')).toBe(`digraph "dev/shop" {
  // solid: starts after the other; dashed: may reach it, in any order
  rankdir=LR;
  node [shape=box, fontname="sans-serif"];
  edge [fontname="sans-serif", fontsize=10];
  subgraph "cluster_wave_0" {
    label="wave 0";
    color="#cccccc";
    n1 [label="graph\\nDeployment"];
    n3 [label="subgraph\\nStatefulSet", shape=cylinder];
  }
  subgraph "cluster_wave_1" {
    label="wave 1";
    color="#cccccc";
    n2 [label="migrate\\nJob", shape=hexagon];
  }
  subgraph "cluster_wave_2" {
    label="wave 2";
    color="#cccccc";
    n0 [label="end\\nDeployment"];
  }
  subgraph "cluster_outside" {
    label="outside";
    color="#cccccc";
    n4 [label="search\\nsearch.example.com", style="rounded,dashed"];
  }
  subgraph "cluster_off" {
    label="off";
    color="#cccccc";
    n5 [label="extra\\nDeployment", style=dashed, color="#cccccc", fontcolor="#aaaaaa"];
  }
  n0 -> n3 [label="sql 5432"];
  n0 -> n4 [label="http 443", style=dashed];
  n0 -> n2;
  n0 -> n1 [label="http 8080, admin 90", style=dashed];
  n1 -> n0 [label="http 8080, admin 90", style=dashed];
  n2 -> n3 [label="sql 5432"];
  n0 -> n5 [style=dashed, color="#cccccc", fontcolor="#aaaaaa"];
  n5 -> n3 [color="#cccccc", fontcolor="#aaaaaa"];
}
`);
});

const hostile = [
  'end',
  'a"b',
  '"]; end',
  '[x](y){z}<b>',
  '"] --> n1["',
  '\\',
  '\\"',
  '\\N',
  'a\nend\nb',
  'a\r\n%% b',
  '%%{init: {"theme": "dark"}}%%',
  '`**x**`',
  '#quot;',
  '&quot;',
  '<script>alert(1)</script>',
  '|',
  '--> x',
  '//',
  '/* ',
  'é 😀',
  '',
];

const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' }));
const anyGraph: fc.Arbitrary<SystemGraph> = fc
  .uniqueArray(text, { minLength: 1, maxLength: 5 })
  .chain((components) => {
    const component = fc.constantFrom(...components);
    const nodes = fc.tuple(
      ...components.map((name) =>
        fc.record({
          component: fc.constant(name),
          state: fc.constantFrom('on' as const, 'off' as const, 'external' as const),
          workload: fc.oneof(fc.constantFrom('Deployment', 'StatefulSet', 'Job'), text),
          host: fc.option(text, { nil: undefined }),
        }),
      ),
    );
    const edge = fc.record({
      from: component,
      to: component,
      ports: fc.array(fc.record({ name: text, port: fc.nat(65535) }), { maxLength: 2 }),
      orders: fc.boolean(),
      network: fc.boolean(),
      active: fc.boolean(),
    });
    return fc.record({ nodes, edges: fc.array(edge, { maxLength: 4 }) });
  })
  .chain(({ nodes, edges }) =>
    fc.array(fc.integer({ min: -2, max: 2 }), { minLength: nodes.length, maxLength: nodes.length }).map((waves) => ({
      edges,
      nodes: nodes.map((node, at) => ({ ...node, wave: node.state === 'on' ? waves[at] : undefined })),
    })),
  );

/** What a label must say: control characters, line ends among them, as a space. */
const shown = (written: string) => written.replace(/[\u0000-\u001f\u007f]+/g, ' ');
const labelOf = ({ component, state, workload, host }: SystemGraph['nodes'][number]) =>
  [component, state === 'external' ? (host ?? 'outside') : workload].map(shown);

describe('whatever names and values are', () => {
  const safe = String.raw`"((?:[A-Za-z0-9 .,:/-]|#\d+;|<br/>)*)"`;
  const line = new RegExp(
    [
      'flowchart LR',
      '  %% [a-z:;, ]+',
      `  subgraph \\w+\\[${safe}\\]`,
      `    n\\d+(?:\\[\\(?|\\(\\[|\\{\\{)${safe}(?:\\)?\\]|\\]\\)|\\}\\})`,
      '  end',
      `  n\\d+ (?:-->|-\\.->)(?:\\|${safe}\\|)? n\\d+`,
      '  classDef [a-z:;,# 0-9-]+',
      '  class [n0-9,]+ (?:off|external)',
      '  linkStyle [0-9,]+ [a-z:,#]+',
    ]
      .map((form) => `(?:${form})`)
      .join('|'),
  );

  test('Mermaid stays lines of its own grammar, and labels say what they are about', () => {
    fc.assert(
      fc.property(anyGraph, (any) => {
        const lines = printMermaid(any).trimEnd().split('\n');
        for (const one of lines) expect(one).toMatch(new RegExp(`^(?:${line.source})$`));
        const labels = lines.flatMap((one) => /^ {4}n(\d+)\W+?"(.*)"/.exec(one)?.slice(1, 3) ?? []);
        const read = new Map<number, string[]>();
        for (let at = 0; at < labels.length; at += 2)
          read.set(
            Number(labels[at]),
            (labels[at + 1] as string)
              .split('<br/>')
              .map((part) => part.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(code))),
          );
        expect(any.nodes.map((_, at) => read.get(at))).toEqual(any.nodes.map(labelOf));
        expect(lines.filter((one) => one.includes('->')).length).toBe(any.edges.length);
      }),
      settings(300),
    );
  });

  test('DOT stays tokens of its own grammar, and labels say what they are about', () => {
    fc.assert(
      fc.property(anyGraph, text, (any, title) => {
        const dot = printDot(any, title);
        const outside = dot.replace(/"(?:[^"\\\n]|\\["\\n])*"/g, 'TEXT').replace(/^ *\/\/.*$/m, '');
        expect(outside).toMatch(/^[A-Za-z0-9_\s;,=[\]{}>-]*$/);
        const labels = [...dot.matchAll(/^ {4}n(\d+) \[label="((?:[^"\\\n]|\\.)*)"/gm)].map(
          ([, at, label = '']): [number, string[]] => [
            Number(at),
            label
              .replace(/\\([\\"n])/g, (_, character) => (character === 'n' ? '\0' : character))
              .split('\0')
              .map((part) => part.replaceAll('&amp;', '&')),
          ],
        );
        const read = new Map(labels);
        expect(any.nodes.map((_, at) => read.get(at))).toEqual(any.nodes.map(labelOf));
      }),
      settings(300),
    );
  });
});

const dot = spawnSync('dot', ['-V']);
test.skipIf(dot.error !== undefined)(
  dot.error === undefined ? 'dot reads it' : 'dot reads it: there is no dot (Graphviz) on PATH',
  () => {
    const samples = fc.sample(anyGraph, { seed: 7, numRuns: 30 });
    // Only read, not laid out: a drawing of such graphs is more than Graphviz can always do.
    for (const [one, format] of [[graph, '-Tplain'] as const, ...samples.map((sample) => [sample, '-Tcanon'] as const)]) {
      const { status, stderr } = spawnSync('dot', [format], { input: printDot(one, 'a "title"'), encoding: 'utf8' });
      expect({ status, stderr: stderr.replace(/^Warning:.*\n/gm, '') }).toEqual({ status: 0, stderr: '' });
    }
  },
);
test.runIf(process.env.CI === 'true')('dot is there where everything must be checked', () => {
  expect(dot.error, 'dot (Graphviz) is missing; .ci/run installs it').toBeUndefined();
});
