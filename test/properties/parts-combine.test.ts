import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compileClean } from '../support/compile-fleet.ts';
import { settings } from '../support/fast-check-settings.ts';
import { type Draw, drawFrom } from '../support/fleets/draw.ts';
import { mismatchesOf } from '../support/verify-fleet.ts';

type Json = Record<string, unknown>;

const keys = ['a', 'b', 'c', 'd'];

/** How a component may be in an environment. */
const states: Readonly<Record<string, Json>> = {
  on: { enabled: true },
  off: { enabled: false },
  host: { external: { host: 'outside.example.com' } },
  address: { external: { address: '10.0.0.2' } },
};

it('builds combinations of what is on, off and outside', async () => {
  const property = fc.asyncProperty(fc.gen().map(drawFrom), async (draw) => {
    const fleet = drawFleet(draw);
    const compiled = compileClean(fleet);
    expect(await mismatchesOf(compiled), fleet.get('systems/shop/system.yaml')).toEqual([]);
  });
  await fc.assert(property, settings(12));
}, 400_000);

function drawFleet(draw: Draw): ReadonlyMap<string, string> {
  const components = Object.fromEntries(keys.map((key) => [key, drawComponent(draw, key)]));
  const document = (kind: string, name: string, spec: Json) =>
    stringify({ apiVersion: 'stowage.dev/v1', kind, metadata: { name }, spec }, { aliasDuplicateObjects: false });
  const files = new Map([
    ['systems/shop/system.yaml', document('System', 'shop', { components })],
    ['stowage.yaml', document('Fleet', 'parts', { repository: { url: 'https://git.example.com/a/b.git' } })],
    [
      'clusters/dev/cluster.yaml',
      document('Cluster', 'dev', { kubernetes: '1.35', ingressClasses: { nginx: { default: true } } }),
    ],
  ]);
  const all = combinations(components, keys);
  for (const combination of draw.different(all, Math.min(all.length, 10))) {
    const name = Object.values(combination).join('-');
    const chosen = Object.entries(combination).map(([key, state]) => {
      const ingress = components[key]?.ingress === undefined ? {} : { ingress: { enabled: draw.chance(50) } };
      return [key, { ...states[state], ...ingress }] as const;
    });
    const spec = { namespace: name, systems: { shop: { components: Object.fromEntries(chosen) } } };
    files.set(`clusters/dev/${name}.yaml`, document('Environment', name, spec));
  }
  return files;
}

/** Refers to any other, and waits for those behind it only: nothing is waited for in a circle. */
function drawComponent(draw: Draw, key: string): Json {
  const others = keys.filter((other) => other !== key);
  const [before, behind] = [others.filter((other) => other < key), others.filter((other) => other > key)];
  const variables = draw
    .some(others, 50)
    .map((other) => [`${draw.pick(['A', 'B', 'C'])}_${other.toUpperCase()}`, drawReference(draw, other)]);
  const reference = () => drawReference(draw, draw.pick(others));
  return {
    ...(draw.chance(70) ? { optional: draw.pick([true, 'included']) } : {}),
    image: 'example/app:1',
    ports: { http: 80 },
    ...(draw.chance(40) ? { needs: draw.some(behind, 50) } : {}),
    talksTo: [...before, ...draw.some(behind, 20)],
    ...(variables.length > 0 ? { env: Object.fromEntries(variables) } : {}),
    ...(draw.chance(40) ? { annotations: { 'example.com/sees': reference() } } : {}),
    ...(draw.chance(40) ? { service: { annotations: { 'example.com/sees': reference() } } } : {}),
    ...(draw.chance(30) ? { ingress: { optional: true, host: `${key}.\${system.namespace}.example.com` } } : {}),
  };
}

function drawReference(draw: Draw, key: string): string {
  return draw.pick([
    `\${components.?${key}.url}`,
    `\${components.?${key}.url.orValue("")}`,
    `is \${components.${key}.enabled}`,
    `\${components.${key}.enabled ? optional.none() : optional.of("none")}`,
  ]);
}

/** Those that are allowed: what is needed is not off. */
function combinations(components: Record<string, Json>, keys: readonly string[]): Record<string, string>[] {
  const [first, ...rest] = keys;
  if (first === undefined) return [{}];
  const allowed = Object.keys(states).filter((state) => state !== 'off' || components[first]?.optional !== undefined);
  return combinations(components, rest)
    .flatMap((others) => allowed.map((state) => ({ [first]: state, ...others })))
    .filter(
      (combination) => combination[first] !== 'on' || !needsOf(components[first]).some((key) => combination[key] === 'off'),
    );
}

function needsOf(component: Json | undefined): readonly string[] {
  return (component?.needs ?? []) as string[];
}
