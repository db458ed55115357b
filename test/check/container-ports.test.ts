import { expect, test } from 'vitest';
import { compileFleet } from '../support/compile-fleet.ts';
import { smallFleet } from '../support/small-fleet.ts';

/** What is told on development where the component of `shop` has these ports. */
function told(ports: string): string[] {
  const path = 'systems/shop/system.yaml';
  const system = (smallFleet.get(path) as string).replace('ports: {http: 8080}', `ports: ${ports}`);
  const { diagnostics } = compileFleet(new Map([...smallFleet, [path, system]]));
  return [...new Set(diagnostics.map(({ code, message }) => `${code}: ${message}`))];
}

test.each(['{ http: 80, admin: { port: 80, servicePort: 81 } }', '{ http: 80, admin: 80 }'])(
  'a port of one number and protocol stands in a container once: %s',
  (ports) => {
    expect(told(ports)).toEqual([
      'incomplete-component: container `web` of Deployment/shop-web has port 80/TCP twice: as `http` and as `admin`',
    ]);
  },
);

test('a port of one number by another protocol is another one', () => {
  expect(told('{ dns: 53, dns-udp: { port: 53, protocol: UDP } }')).toEqual([]);
});
