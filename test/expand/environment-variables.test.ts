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
