import { expect, test } from 'vitest';
import { graphFleet } from '../graph/graph-fleet.ts';
import { temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { stowage } from '../support/run-cli.ts';

const fleet = temporaryFolder(graphFleet);
const graph = (...words: string[]) => stowage(['graph', ...words], { in: fleet });

test.each([
  [[], /^flowchart LR\n/],
  [['--format', 'mermaid'], /^flowchart LR\n/],
  [['--format', 'dot'], /^digraph "dev\/shop" \{\n/],
  [['--format', 'json'], /^\{\n {2}"command": "graph",/],
  [['--json'], /^\{\n {2}"command": "graph",/],
])('%j', (words, beginning) => {
  expect(graph('dev/shop', ...words)).toEqual({ code: 0, out: expect.stringMatching(beginning), err: '' });
});

test.each([
  [['dev/shp'], 'there is no dev/shp', 'did you mean `dev/shop`?'],
  [['shop'], '`shop` names no system', 'write <environment>/<system>'],
  [['dev/shop/web'], 'names no system', 'write <environment>/<system>'],
  [['dev/shop', '--format', 'svg'], "argument 'svg' is invalid", 'mermaid, dot, json'],
])('%j is wrong usage', (words, problem, advice) => {
  const { code, out, err } = graph(...words);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(problem);
  expect(err).toContain(advice);
});

test('problems of the description stand in the way', () => {
  const path = 'systems/shop/system.yaml';
  const faulty = withFiles(graphFleet, { [path]: String(graphFleet.get(path)).replace('needs: [migrate]', 'needs: [migrat]') });
  const { code, out, err } = stowage(['graph', 'dev/shop'], { in: temporaryFolder(faulty) });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('[unknown-component]');
});
