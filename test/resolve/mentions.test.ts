import { describe, expect, it } from 'vitest';
import { systemGraph } from '../../src/graph/system-graph.ts';
import { compileShop } from './compile-shop.ts';

const db = 'db: { image: "e/db:1", ports: { sql: 5432, admin: 8080 } }';
const shop = (web: string, others = db, entry = '{}') =>
  compileShop(`{ components: { web: { image: "e/web:1", ${web} }, ${others} } }`, entry);

/** From web: to whom, by which ports, and whether it waits. */
function edges(...described: Parameters<typeof shop>): unknown[] {
  const { diagnostics, systems } = shop(...described);
  expect(diagnostics).toEqual([]);
  const [first] = systems;
  if (first === undefined) throw new Error('nothing was compiled');
  return systemGraph(first.compiled.resolved, first.compiled.desired)
    .edges.filter(({ from }) => from === 'web')
    .map(({ to, ports, orders, active }) => [to, ports.map(({ name }) => name), orders, active]);
}

describe('a component that is mentioned', () => {
  it.each([
    ['by its name', 'talksTo: [db]', [['db', ['sql', 'admin'], false, true]]],
    ['by its name in the long form', 'needs: [{ component: db }]', [['db', ['sql', 'admin'], true, true]]],
    ['with a port', 'talksTo: [{ component: db, ports: [admin] }]', [['db', ['admin'], false, true]]],
    ['with a port that must be open first', 'needs: [{ component: db, ports: [admin] }]', [['db', ['admin'], true, true]]],
    [
      'with a port, beside a reference that names another',
      'talksTo: [{ component: db, ports: [admin] }], env: { DB: "${components.db.ports.sql}" }',
      [['db', ['sql', 'admin'], false, true]],
    ],
    [
      'twice',
      'needs: [{ component: db, ports: [sql] }], talksTo: [{ component: db, ports: [admin] }]',
      [['db', ['sql', 'admin'], true, true]],
    ],
  ])('%s', (_, web, told) => {
    expect(edges(web)).toEqual(told);
  });

  it('with a port, while it is off', () => {
    const off = 'db: { optional: true, image: "e/db:1", ports: { sql: 5432 } }';
    expect(edges('talksTo: [{ component: db, ports: [sql] }]', off)).toEqual([['db', [], false, false]]);
  });

  it('with a port, while it is outside', () => {
    const external = (fields: string) => `{ components: { db: { external: ${fields} } } }`;
    const web = 'talksTo: [{ component: db, ports: [admin] }]';
    const outside = '{ host: db.example.com, ports: { admin: 9090 } }';
    expect(edges(web, db, external(outside))).toEqual([['db', ['admin'], false, true]]);
    expect(edges(web, db, external('{ host: db.example.com }'))).toEqual([['db', ['admin'], false, true]]);
  });

  it.each([
    ['a port that it does not have', '[{ component: db, ports: [sq] }]', 'unknown-reference', /`db` has no port `sq`/, /sql/],
    ['the name of nobody', '[{ component: bd, ports: [sql] }]', 'unknown-component', /no component `bd`/, /db/],
  ])('with %s is refused', (_, mentions, code, message, hint) => {
    for (const word of ['needs', 'talksTo'])
      expect(shop(`${word}: ${mentions}`).diagnostics).toMatchObject([
        { code, message: expect.stringMatching(message), hint: expect.stringMatching(hint) },
      ]);
  });

  it.each(['[{ ports: [sql] }]', '[{ component: db, ports: [] }]', '[{ component: db, port: sql }]', '[1]'])(
    'as %s is refused',
    (mentions) => {
      const { diagnostics } = shop(`talksTo: ${mentions}`);
      expect(diagnostics).toHaveLength(1);
      expect(diagnostics[0]?.severity).toBe('error');
    },
  );
});
