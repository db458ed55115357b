import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { CompiledFleet } from '../support/compile-fleet.ts';
import { compileShop } from './compile-shop.ts';

const system = (rules: string) => `
  secrets: { db: { keys: { user: { default: shop }, password: { default: "" } } } }
  env:
    common: { LEVEL: info, MODE: plain, HOST: "\${components.web.host}", DB: "db://\${secrets.db.user}@db" }
    more: { $from: common, MODE: more }
  config:
    conf:
      server.yaml: { properties: { data.dir: /data, listen.port: "\${components.web.ports.http}", rate: 1.10 } }
      motd.txt: Hello
      off.txt: { enabled: "\${components.cache.enabled}", yaml: { a: 1 } }
  components:
    web:
      image: "e/web:1"
      ports: { http: 80 }
      env: { $from: more, LEVEL: debug, IP: { fieldRef: { fieldPath: status.podIP } }, PASSWORD: "\${secrets.db.password}", NONE: "\${components.?cache.host}" }
      ingress: { host: shop.example.com, tls: { issuer: letsencrypt } }
      probes: { readiness: { http: /, periodSeconds: 5 } }
      volumes: { conf: { config: conf, mountPath: /conf } }
    cache: { optional: true, image: "e/cache:1", ports: { redis: 1 }, env: { ME: "\${self.host}" } }
  profiles:
    eager: { components: { web: { env: { MODE: eager }, probes: { readiness: { failureThreshold: 100 } } } } }
  validations: [${rules}]`;

function hold(rule: string, entry = '{}', at?: string): CompiledFleet {
  const rules = `{ rule: ${JSON.stringify(rule)}, message: broken${at === undefined ? '' : `, at: ${JSON.stringify(at)}`} }`;
  return compileShop(system(rules), entry);
}

const told = (fleet: CompiledFleet) => fleet.diagnostics.map(({ code, message }) => `${code}: ${message}`);

/** The line that a broken rule is told of. */
function blamed(...asked: Parameters<typeof hold>): string | undefined {
  const fleet = hold(...asked);
  expect(told(fleet)).toEqual(['validation-failed: broken']);
  const { file, start } = (fleet.diagnostics[0] as Diagnostic).place;
  const line = file.text.slice(file.text.lastIndexOf('\n', start) + 1).split('\n')[0] as string;
  return file.path.startsWith('clusters') ? `environment: ${file.text.slice(start).split(/[,}\s]/)[0]}` : line.trim();
}

describe('a rule sees', () => {
  it.each([
    ["components.web.env.LEVEL == 'debug'", '{}'],
    ["components.web.env.LEVEL == 'warn'", '{ components: { web: { env: { LEVEL: warn } } } }'],
    ["components.web.env.MODE == 'more'", '{}'],
    ["components.web.env.MODE == 'eager'", '{ profiles: [eager] }'],
    ["components.web.env.MODE == 'other'", '{ env: { more: { MODE: other } } }'],
    ["components.web.env.HOST == 'shop-web'", '{}'],
    ["components.web.env.MODE == '1.10'", '{ components: { web: { env: { MODE: 1.10 } } } }'],
    ["components.web.env.DB == '$(DB)' && components.web.env.PASSWORD == '$(PASSWORD)'", '{}'],
    ["components.web.env.IP == '$(IP)'", '{}'],
    ["!('NONE' in components.web.env) && 'IP' in components.web.env", '{}'],
    ["components.web.env.NONE == 'shop-cache'", '{ components: { cache: { enabled: true } } }'],
    ["components.web.env.?LEVEL.orValue('info') == 'info'", '{ components: { web: { external: { host: h } } } }'],
    ["components.cache.env == {} && components.web.env.all(name, name != '$from')", '{}'],
    ["components.cache.env.ME == 'shop-cache'", '{ components: { cache: { enabled: true } } }'],
    ['components.web.ingress.tls && !components.cache.ingress.tls', '{}'],
    ['!components.web.ingress.tls', '{ components: { web: { ingress: { tls: null } } } }'],
    ['components.web.probes.readiness.enabled && !components.web.probes.startup.enabled', '{}'],
    ['!components.web.probes.readiness.enabled', '{ components: { web: { probes: { readiness: null } } } }'],
    ['components.web.probes.readiness.periodSeconds * components.web.probes.readiness.failureThreshold == 15', '{}'],
    ['components.web.probes.readiness.failureThreshold == 100', '{ profiles: [eager] }'],
    ['components.cache.probes.liveness.initialDelaySeconds + components.cache.probes.liveness.timeoutSeconds == 1', '{}'],
    ["config.conf['server.yaml'].properties['listen.port'] == '80'", '{}'],
    ["config.conf['server.yaml'].properties.rate == '1.10'", '{}'],
    ["config.conf['server.yaml'].text.startsWith('data.dir: /data\\n')", '{}'],
    ["config.conf['motd.txt'].text == 'Hello' && config.conf['motd.txt'].properties == {}", '{}'],
    ["config.conf['motd.txt'].text == ''", '{ config: { conf: { motd.txt: null } } }'],
    ["config.conf['off.txt'].text == ''", '{}'],
    ["config.conf['off.txt'].text == 'a: 1\\n'", '{ components: { cache: { enabled: true } } }'],
  ])('%s', (rule, entry) => {
    expect(told(hold(rule, entry))).toEqual([]);
    expect(told(hold(`!(${rule})`, entry))).toEqual(['validation-failed: broken']);
  });

  it('whether there is a variable, without looking at another one', () => {
    const [broken] = hold("'OTHER' in components.web.env || components.web.env == {}").diagnostics;
    expect(broken?.related?.map(({ message }) => message)).not.toContainEqual(expect.stringContaining('computed from'));
  });

  it('nothing that would be a dependency', () => {
    const rule = "components.cache.env.?ME.orValue('') + config.conf['server.yaml'].text != ''";
    const entry = '{ components: { cache: { enabled: true } } }';
    expect(hold(rule, entry).outputs).toEqual(hold('true', entry).outputs);
  });
});

describe('a broken rule is told at', () => {
  it.each([
    ["components.web.env.LEVEL == 'info'", '{}', undefined, /^env: \{ \$from: more, LEVEL/],
    ["components.web.env.LEVEL == 'info'", '{ components: { web: { env: { LEVEL: warn } } } }', undefined, /^environment: warn$/],
    ["components.web.env.MODE == 'plain'", '{}', undefined, /^more: /],
    ["components.web.env.MODE == 'plain'", '{ env: { more: { MODE: other } } }', undefined, /^environment: other$/],
    ["components.web.env.MODE == 'plain' && components.web.enabled", '{}', 'components.web.env.MODE', /^more: /],
    ['components.web.ingress.tls', '{ components: { web: { ingress: { tls: null } } } }', undefined, /^environment: tls:$/],
    [
      'components.web.ingress.tls',
      '{ components: { web: { ingress: { tls: null } } } }',
      'components.web.ingress.tls',
      /^environment: tls:$/,
    ],
    ['components.web.probes.readiness.failureThreshold < 100', '{ profiles: [eager] }', undefined, /^eager: /],
    [
      'components.web.probes.readiness.enabled',
      '{ components: { web: { probes: { readiness: null } } } }',
      'components.web.probes.readiness',
      /^environment: readiness:$/,
    ],
    [
      'components.web.replicas > 1',
      '{ components: { web: { ingress: { host: a.b } } } }',
      'components.web.ingress',
      /^environment: ingress:$/,
    ],
    ["!('rate' in config.conf['server.yaml'].properties)", '{}', undefined, /^server.yaml: /],
    ["!('data.dir' in config.conf['server.yaml'].properties)", '{}', undefined, /^server.yaml: /],
    [
      "config.conf['server.yaml'].properties['data.dir'] == '/data'",
      '{ config: { conf: { server.yaml: { properties: { data.dir: /other } } } } }',
      'config.conf.server.yaml.properties.data.dir',
      /^environment: \/other$/,
    ],
    ["config.conf['motd.txt'].text == 'Hi'", '{}', 'config.conf.motd.txt', /^motd.txt: Hello$/],
  ])('%s in %s', (rule, entry, at, place) => {
    expect(blamed(rule, entry, at)).toMatch(place);
  });
});

it.each([
  ['components.web.env.LEVEL', 'No such key: env'],
  ['components.web.ingress.tls', 'No such key: tls'],
  ['components.web.probes.readiness.enabled', 'No such key: probes'],
  ["config.conf['motd.txt'].text", 'Unknown variable: config'],
])('a value does not see %s', (source, message) => {
  const components = `api: { image: "e/api:1", env: { A: ${JSON.stringify(`\${${source}}`)} } }`;
  const { diagnostics } = compileShop(
    `{ config: { conf: { motd.txt: Hi } }, components: { web: { image: "e/web:1" }, ${components} } }`,
  );
  expect(diagnostics.map((one) => one.message)).toEqual([`\`${source}\`: ${message}`]);
});

it.each([
  ['components.web.probes.readyness.enabled', 'readiness'],
  ['components.web.ingress.tsl', 'tls'],
])('%s is told what is meant', (rule, meant) => {
  expect(hold(rule).diagnostics).toEqual([
    expect.objectContaining({ code: 'expression-type', hint: expect.stringContaining(`\`${meant}\``) }),
  ]);
});
