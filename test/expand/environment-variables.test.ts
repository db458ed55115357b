import { expect, test } from 'vitest';
import { compileShop } from '../resolve/compile-shop.ts';

/** The container of `web` as the cluster gets it. */
function containerOf(spec: string): { env?: { name: string; value?: string }[]; envFrom?: unknown[]; args?: string[] } {
  const { systems, diagnostics } = compileShop(spec);
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  const objects = systems[0]?.compiled.finished() ?? [];
  const deployment = objects.find(({ kind }) => kind === 'Deployment') as never as {
    spec: { template: { spec: { containers: [ReturnType<typeof containerOf>] } } };
  };
  return deployment.spec.template.spec.containers[0];
}

const web = (fields: string) => `components: { web: { image: "e/web:1", ${fields} } }`;

test('each secret in a text gets a variable of its own, however alike their names are', () => {
  const secrets = 'secrets: { db: { keys: { user-name: {} } }, db-user: { keys: { name: {} } } }';
  const args = 'args: ["${secrets.db[\\"user-name\\"]}@", "${secrets[\\"db-user\\"].name}@"]';
  const container = containerOf(`{ ${secrets}, ${web(`env: { DB_USER_NAME: x }, ${args}`)} }`);
  const secretOf = (text: string | undefined) => {
    const name = text?.match(/^\$\((.*)\)@$/)?.[1];
    return container.env?.find((entry) => entry.name === name);
  };
  expect(container.args?.map(secretOf)).toMatchObject([
    { valueFrom: { secretKeyRef: { name: 'shop-db', key: 'user-name' } } },
    { valueFrom: { secretKeyRef: { name: 'shop-db-user', key: 'name' } } },
  ]);
});

const secret = '{ db: { keys: { token: {} } } }';
const sources = {
  plain: { written: 'none', env: undefined },
  secret: {
    written: '"${secrets.db.token}"',
    env: { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'shop-db', key: 'token' } } },
  },
  reference: {
    written: '{ fieldRef: { fieldPath: metadata.name } }',
    env: { name: 'TOKEN', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  },
  configMapKey: {
    written: '{ configMapKeyRef: { name: site, key: token } }',
    env: { name: 'TOKEN', valueFrom: { configMapKeyRef: { name: 'site', key: 'token' } } },
  },
};
const kinds = Object.keys(sources) as (keyof typeof sources)[];
const pairs = kinds.flatMap((first) => kinds.map((last) => [first, last] as const));
const groups = (first: keyof typeof sources, last: keyof typeof sources) =>
  `secrets: ${secret}, env: { first: { TOKEN: ${sources[first].written} }, last: { TOKEN: ${sources[last].written} }, both: { $from: [first, last] } }`;
const configMaps = (names: readonly string[]) =>
  names.length === 0 ? undefined : names.map((name) => ({ configMapRef: { name: expect.stringContaining(`shop-${name}`) } }));

test.each(pairs)('of groups with a %s and a %s the later one wins', (first, last) => {
  const { env, envFrom } = containerOf(`{ ${groups(first, last)}, ${web('env: { $from: [first, last] }')} }`);
  expect(env?.find(({ name }) => name === 'TOKEN')).toEqual(sources[last].env);
  // Of several ConfigMaps Kubernetes lets the last one win.
  expect(envFrom).toEqual(configMaps([...(first === 'plain' ? ['first'] : []), ...(last === 'plain' ? ['last'] : [])]));
});

test.each(pairs)('of groups with a %s and a %s that a group takes the later one wins', (first, last) => {
  const { env, envFrom } = containerOf(`{ ${groups(first, last)}, ${web('env: { $from: both }')} }`);
  expect(env?.find(({ name }) => name === 'TOKEN')).toEqual(sources[last].env);
  expect(envFrom).toEqual(configMaps(last === 'plain' ? ['both'] : []));
});

test('a variable for a secret in a text takes no name that a group has', () => {
  const { env } = containerOf(
    `{ secrets: ${secret}, env: { first: { DB_TOKEN: none } }, ${web('env: { $from: first }, args: ["${secrets.db.token}@"]')} }`,
  );
  expect(env?.map(({ name }) => name)).toEqual(['SECRET_DB_TOKEN']);
});
