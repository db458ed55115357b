import { expect, test } from 'vitest';
import { type CompiledFleet, compileFleet } from '../support/compile-fleet.ts';
import { mismatchesOf } from '../support/verify-fleet.ts';

const head = (kind: string, name: string) => `apiVersion: stowage.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;

/** A System with a domain that is empty by default, in an environment with these settings. */
function fleet(components: string, settings = '{}'): CompiledFleet {
  return compileFleet(
    new Map([
      ['stowage.yaml', `${head('Fleet', 'f')}spec: { repository: { url: "https://git.example.com/f.git" } }\n`],
      ['clusters/dev/cluster.yaml', `${head('Cluster', 'dev')}spec: { kubernetes: "1.35", ingressClasses: { nginx: {} } }\n`],
      ['clusters/dev/dev.yaml', `${head('Environment', 'dev')}spec: { systems: { shop: ${settings} } }\n`],
      [
        'systems/shop/system.yaml',
        `${head('System', 'shop')}spec: { parameters: { dom: { type: string, default: "" } }, components: { web: { image: "e/w:1" }, ${components} } }\n`,
      ],
    ]),
  );
}

function told(components: string, settings?: string): string[] {
  return fleet(components, settings).diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

const host = 'host: "${parameters.dom}"';
const enabled = `enabled: "\${parameters.dom != ''}"`;
const ingressOff = `api: { image: "e/a:1", ports: { http: 80 }, ingress: { optional: true, enabled: false, ${host} } }`;
const ingressByDomain = `api: { image: "e/a:1", ports: { http: 80 }, ingress: { optional: true, ${enabled}, ${host} } }`;
const byDomain = (optional: string) =>
  `api: { image: "e/a:1", optional: ${optional}, ${enabled}, ports: { http: 80 }, ingress: { ${host} } }`;
const sized = `api: { image: "e/a:1", workload: StatefulSet, optional: true, ${enabled}, volumes: { data: { size: "\${parameters.dom}", mountPath: /data } } }`;

test.each([ingressOff, ingressByDomain, byDomain('true'), byDomain('included'), sized])(
  'what is off is not held to its form: %s',
  (component) => {
    expect(told(component)).toEqual([]);
  },
);

test('what an environment switches on is', () => {
  const on = '{ parameters: { dom: A_B } }';
  const misfit =
    'expression-type: `ingress.host` must be a DNS name, or one behind `*.` such as *.example.com, but here is "A_B"';
  expect(told(ingressByDomain, on)).toEqual([misfit]);
  expect(told(byDomain('true'), on)).toEqual([misfit]);
  expect(told(ingressByDomain, '{ parameters: { dom: shop.example.com } }')).toEqual([]);
});

test('what is never off is at the defaults, too', () => {
  expect(told(`api: { image: "e/a:1", ports: { http: 80 }, ingress: { ${host} } }`)).not.toEqual([]);
});

test('what is of another type is told although it is off', () => {
  expect(told(`api: { image: "e/a:1", optional: true, replicas: "\${parameters.dom}" }`)).not.toEqual([]);
});

test.each(['{}', '{ parameters: { dom: shop.example.com } }'])(
  'what a base shows of it can be changed to what is meant: %s',
  async (settings) => {
    const fields = (name: string) =>
      `${enabled}, image: "\${parameters.dom}", ports: { http: 80 }, ingress: { host: "${name}.\${parameters.dom}", tls: { issuer: "\${parameters.dom}" } }`;
    const components = `api: { optional: true, ${fields('api')} }, more: { optional: included, ${fields('more')} }, ${ingressByDomain.replace('api', 'other')}`;
    const compiled = fleet(components, settings);
    expect(compiled.ok).toBe(true);
    expect(await mismatchesOf(compiled)).toEqual([]);
  },
);
