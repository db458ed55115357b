import { beforeAll, expect, test } from 'vitest';
import type { CompiledSystem } from '../../src/compile/compile-system.ts';
import { shownPlace } from '../../src/model/origin.ts';
import { describePlace } from '../../src/model/source-file.ts';
import { childOf, type Tracked } from '../../src/model/tracked.ts';
import { describeOverlay } from '../../src/report/describe-overlay.ts';
import type { Json, OriginRecord, OriginTree, OverlayPart } from '../../src/report/report.ts';
import { compileClean } from '../support/compile-fleet.ts';
import { referenceInputs } from '../support/fleet-files.ts';

let systems: ReadonlyMap<string, CompiledSystem>;

beforeAll(() => {
  const compiled = compileClean(referenceInputs()).systems.map(({ environment, compiled: one }) => [
    `${environment}/${one.resolved.name}`,
    one,
  ]);
  systems = new Map(compiled as [string, CompiledSystem][]);
});

function described(overlay: string): { part: OverlayPart; compiled: CompiledSystem } {
  const compiled = systems.get(overlay) as CompiledSystem;
  return { part: JSON.parse(describeOverlay(overlay.split('/')[0] as string, compiled).part), compiled };
}

test.each(['dev/thunderline', 'staging/fluss', 'prod-eu/flow-like', 'prod-us/flts'])(
  'every value of %s has the origin that the compiler tracked',
  (overlay) => {
    const { part, compiled } = described(overlay);
    let compared = 0;
    for (const object of part.objects) {
      const tracked = compiled.desired.find(({ kind, name }) => `${kind}/${name}` === object.id);
      for (const { value, origin, tree, path } of leaves(object.value, object.origins, tracked?.tree, '')) {
        if (tree === undefined) continue;
        expect(said(part.origins[origin] as OriginRecord), `${object.id} ${path} = ${value}`).toBe(expected(tree));
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(500);
  },
);

interface Leaf {
  readonly value: Json;
  readonly origin: number;
  readonly tree: Tracked | undefined;
  readonly path: string;
}

function* leaves(value: Json, origins: OriginTree, tree: Tracked | undefined, path: string): Generator<Leaf> {
  if (typeof value !== 'object' || value === null) {
    yield { value, origin: typeof origins === 'number' ? origins : origins.at, tree, path };
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    const below = typeof origins === 'number' ? origins : (origins.in as Readonly<Record<string, OriginTree>>)[key];
    yield* leaves(child, below as OriginTree, childOf(tree, key), `${path}.${key}`);
  }
}

function said(record: OriginRecord): string {
  return record.kind === 'convention' ? record.because : `${record.layer} ${record.file}:${record.line}:${record.column}`;
}

function expected({ origin }: Tracked): string {
  return origin.kind === 'convention' ? origin.because : `${origin.layer} ${describePlace(shownPlace(origin))}`;
}

test('namespace and labels of an environment come from its lines', () => {
  const { part } = described('prod-eu/fluss');
  const object = part.objects.find(({ kind }) => kind === 'StatefulSet');
  const namespace = origin(part, object?.origins, ['metadata', 'namespace']);
  expect(namespace).toMatchObject({ kind: 'spec', text: 'namespace: fluss' });
});

function origin(part: OverlayPart, tree: OriginTree | undefined, path: readonly string[]): OriginRecord | undefined {
  const found = path.reduce<OriginTree | undefined>(
    (at, key) => (typeof at === 'object' ? (at.in as Readonly<Record<string, OriginTree>>)[key] : at),
    tree,
  );
  return part.origins[typeof found === 'number' ? found : (found?.at ?? -1)];
}

test('ciphertext is not shown, and what is not sealed is counted', () => {
  const { part, compiled } = described('dev/thunderline');
  const sealed = part.objects.filter(({ kind }) => kind === 'SealedSecret');
  expect(sealed.length).toBeGreaterThan(0);
  for (const { value } of sealed) {
    const { encryptedData } = (value as { spec: { encryptedData: Record<string, string> } }).spec;
    expect(Object.values(encryptedData).every((shown) => shown === '(not shown)')).toBe(true);
  }
  const { cell } = describeOverlay('dev', compiled);
  expect(cell.secrets.missing).toEqual([]);
  expect(cell.secrets.keys).toBe(part.secrets.reduce((sum, { keys }) => sum + keys.length, 0));
});

test('objects come in the order in which they are applied, and have names that lead to them', () => {
  for (const overlay of systems.keys()) {
    const { part } = described(overlay);
    const waves = part.objects.map(({ wave }) => wave);
    expect(waves).toEqual([...waves].sort((a, b) => a - b));
    expect(new Set(part.objects.map(({ id }) => id)).size).toBe(part.objects.length);
  }
});

test('a node of the graph leads to its objects and to the line that says it', () => {
  const { part } = described('prod-eu/fluss');
  const tablet = part.graph.nodes.find(({ component }) => component === 'tablet');
  expect(tablet?.objects[0]).toBe('StatefulSet/tablet-server');
  expect(part.origins[tablet?.origin ?? -1]).toMatchObject({ kind: 'spec', text: expect.stringContaining('tablet:') });
  const edge = part.graph.edges.find(({ from, to }) => from === 'tablet' && to === 'zookeeper');
  expect(part.origins[edge?.origin ?? -1]).toMatchObject({ kind: 'spec', text: expect.stringContaining('zookeeper') });
});
