import { expect, test } from 'vitest';
import { asList, asMap, podSpecOf } from '../../src/model/pod-specs.ts';
import { compileFleet } from '../support/compile-fleet.ts';
import { smallFleet } from '../support/small-fleet.ts';

/** System `shop` on development, where its component has these ports. */
function withPorts(ports: string, more = '') {
  const path = 'systems/shop/system.yaml';
  const system = (smallFleet.get(path) as string).replace('ports: {http: 8080}', `ports: ${ports}`);
  const { systems, diagnostics } = compileFleet(new Map([...smallFleet, [path, system + more]]));
  const { desired = [] } = systems.find(({ compiled }) => compiled.resolved.name === 'shop')?.compiled ?? {};
  return { desired, problems: [...new Set(diagnostics.map(({ code, message }) => `${code}: ${message}`))] };
}

const udpFirst = '{ dns: { port: 53, protocol: UDP }, http: 8080 }';

test('where nobody names a port, the first by TCP is meant', () => {
  const client = '    client:\n      image: e/c:1\n      env: { SHOP: "${components.web.url}" }\n';
  const { desired, problems } = withPorts(udpFirst, client);
  expect(problems).toEqual([]);
  const containers = (name: string) =>
    desired.flatMap((object) =>
      object.kind === 'Deployment' && object.name === name ? asList(podSpecOf(object.plain)?.containers) : [],
    );
  expect(containers('shop-web')).toMatchObject([{ readinessProbe: { httpGet: { port: 'http' } } }]);
  expect(containers('shop-client')).toMatchObject([{ env: [{ name: 'SHOP', value: 'http://shop-web:8080' }] }]);
  const ingress = desired.find(({ kind }) => kind === 'Ingress');
  expect(asMap(ingress?.plain.spec)).toMatchObject({
    rules: [{ http: { paths: [{ backend: { service: { port: { name: 'http' } } } }] } }],
  });
});

test('where there is none by TCP, the first is', () => {
  const { desired } = withPorts('{ dns: { port: 53, protocol: UDP } }');
  expect(
    desired.flatMap((object) => (object.kind === 'Deployment' ? asList(podSpecOf(object.plain)?.containers) : [])),
  ).toMatchObject([{ readinessProbe: { httpGet: { port: 'dns' } } }]);
});
