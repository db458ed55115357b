import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { plainPalette } from '../../src/diagnostics/format-diagnostic.ts';
import { contentHash } from '../../src/expand/finish-objects.ts';
import { asMap } from '../../src/model/pod-specs.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import { printPlan } from '../../src/plan/print-plan.ts';
import { printPlanMarkdown } from '../../src/plan/print-plan-markdown.ts';
import type { RenderedState } from '../../src/plan/rendered-state.ts';
import { listCases, readTree, updating } from '../golden/case-folders.ts';
import { newest, objectsIn } from './plan-objects.ts';

/**
 * A case is what is rendered before and after: `before/<environment>/<system>.yaml`, Applications under
 * `before/applications/`, and in `sealed.txt` what is known of sealed values. `-<hash>` behind the name of a
 * ConfigMap stands for the hash of its content.
 */
const folder = fileURLToPath(new URL('cases', import.meta.url));
const cases = listCases(folder);

function stateIn(root: string): RenderedState {
  const texts = [...readTree(root)].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)] as const);
  const inFolder = (wanted: boolean) =>
    new Map(
      texts
        .filter(([path]) => path.endsWith('.yaml') && path.startsWith('applications/') === wanted)
        .map(([path, text]) => [path.replace('applications/', '').replace('.yaml', ''), objectsIn(withHashes(text))] as const),
    );
  const sealed = texts.find(([path]) => path === 'sealed.txt')?.[1] ?? '';
  return {
    name: root.slice(root.lastIndexOf('/') + 1),
    overlays: inFolder(false),
    applications: new Map(
      [...inFolder(true)].flatMap(([overlay, [application]]) => (application ? [[overlay, application]] : [])),
    ),
    sealed: new Map(sealed.split('\n').map((line) => line.split(' ') as [string, string])),
  };
}

function withHashes(text: string): string {
  return objectsIn(text).reduce((hashed, object) => {
    const name = String(asMap(object.metadata)?.name);
    return name.endsWith('-<hash>') ? hashed.replaceAll(name, name.replace('<hash>', contentHash(object))) : hashed;
  }, text);
}

describe.each(cases)('%s', (name) => {
  const place = join(folder, name);
  const plan = planChanges(stateIn(join(place, 'before')), stateIn(join(place, 'after')), { schemas: newest });

  test.each([
    ['expected.txt', printPlan(plan, plainPalette)],
    ['expected.md', printPlanMarkdown(plan)],
    ['expected.json', `${JSON.stringify(plan, null, 2)}\n`],
  ])('%s', (file, text) => {
    const path = join(place, file);
    if (updating) writeFileSync(path, text);
    expect(existsSync(path), `there is no ${file}; UPDATE_CASES=1 writes it`).toBe(true);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  test('says the same when objects come in another order', () => {
    const reversed = (state: RenderedState): RenderedState => ({
      ...state,
      overlays: new Map([...state.overlays].reverse().map(([overlay, objects]) => [overlay, [...objects].reverse()])),
    });
    const again = planChanges(reversed(stateIn(join(place, 'before'))), reversed(stateIn(join(place, 'after'))), {
      schemas: newest,
    });
    expect(again).toEqual(plan);
  });
});

test('there are cases', () => {
  expect(cases.length).toBeGreaterThan(5);
});
