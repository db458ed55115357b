import { expect, test } from 'vitest';
import { temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

const fleet = temporaryFolder(smallFleet);
const why = (target: string) => stowage(['why', target], { in: fleet });

test('a value that won shows its line and what it beat', () => {
  expect(why('prod/shop/Deployment/web#spec.replicas')).toEqual({
    code: 0,
    out: `Deployment/shop-web#spec.replicas = 3
  environment prod, clusters/prod/prod.yaml:9:36
    9 | components: {web: {replicas: 3}}
  over 1
    system shop, systems/shop/system.yaml:11:17
      11 | replicas: 1
`,
    err: '',
  });
});

test('a computed value shows what it was computed from', () => {
  expect(why('prod/shop/Ingress/shop-web#spec.rules[0].host')).toEqual({
    code: 0,
    out: `Ingress/shop-web#spec.rules[0].host = shop.prod.example.com
  system shop, systems/shop/system.yaml:14:23 (computed by shop.\${parameters.domain})
    14 | ingress: {host: "shop.\${parameters.domain}", tls: {issuer: letsencrypt}}
  from
    environment prod, clusters/prod/prod.yaml:8:28
      8 | parameters: {domain: prod.example.com}
`,
    err: '',
  });
});

test.each([
  ['host: pg.example.com, port: 6432', 'HOST', 'pg.example.com', 'pg.example.com'],
  ['host: pg.example.com, port: 6432', 'FQDN', 'pg.example.com', 'pg.example.com'],
  ['host: pg.example.com, port: 6432', 'PORT', '6432', '6432'],
  ['host: pg.example.com, ports: {postgres: 6432}', 'PORT', '6432', '6432'],
  ['url: "postgres://pg.example.com:6432/shop"', 'HOST', 'pg.example.com', '"postgres://pg.example.com:6432/shop"'],
  ['url: "postgres://pg.example.com:6432/shop"', 'PORT', '6432', '"postgres://pg.example.com:6432/shop"'],
  ['address: 10.1.2.3, service: pg', 'HOST', 'pg', 'pg}'],
  ['address: 10.1.2.3', 'HOST', 'shop-postgres', '10.1.2.3'],
])('of a component outside at {%s} %s comes from the line that says so', (external, variable, value, said) => {
  const environment = String(smallFleet.get('clusters/prod/prod.yaml')).replace(
    'web: {replicas: 3}',
    `web: {replicas: 3}, postgres: {external: {${external}}}`,
  );
  const system = String(smallFleet.get('systems/shop/system.yaml')).replace(
    'replicas: 1',
    `replicas: 1
      env:
        HOST: \${components.postgres.host}
        FQDN: \${components.postgres.fqdn}
        PORT: "\${string(components.postgres.ports.postgres)}"`,
  );
  const postgres = '    postgres: {workload: StatefulSet, image: "example/postgres:17.0", ports: {postgres: 5432}}\n';
  const fleet = temporaryFolder(
    withFiles(smallFleet, { 'clusters/prod/prod.yaml': environment, 'systems/shop/system.yaml': `${system}${postgres}` }),
  );
  const target = `prod/shop/Deployment/web#spec.template.spec.containers.web.env.${variable}.value`;
  const { out } = stowage(['why', target], { in: fleet });
  expect(out).toContain(` = ${value}\n`);
  const line = environment.split('\n')[8] as string;
  expect(out).toContain(`  from
    environment prod, clusters/prod/prod.yaml:9:${line.indexOf(said) + 1}
      9 | ${line.trim()}
`);
});

test('a map that several layers made is that of the lowest, changed by the others', () => {
  const fleet = temporaryFolder(
    withFiles(smallFleet, {
      'systems/shop/system.yaml': String(smallFleet.get('systems/shop/system.yaml')).replace(
        'replicas: 1',
        'strategy:\n        rollingUpdate: {maxSurge: 1}',
      ),
      'clusters/dev/dev.yaml': String(smallFleet.get('clusters/dev/dev.yaml')).replace(
        'replicas: 2',
        'strategy: {rollingUpdate: {maxUnavailable: 0}}',
      ),
    }),
  );
  const target = 'dev/shop/Deployment/web#spec.strategy.rollingUpdate';
  expect(stowage(['why', target], { in: fleet }).out).toBe(`Deployment/shop-web#spec.strategy.rollingUpdate = {
  "maxSurge": 1,
  "maxUnavailable": 0
}
  system shop, systems/shop/system.yaml:12:24
    12 | rollingUpdate: {maxSurge: 1}
  changed by
    environment dev, clusters/dev/dev.yaml:9:52
      9 | components: {web: {strategy: {rollingUpdate: {maxUnavailable: 0}}}}
`);
  expect(JSON.parse(stowage(['why', target, '--json'], { in: fleet }).out)).toMatchObject({
    origin: { layer: 'system shop', line: 12 },
    changedBy: [{ layer: 'environment dev', line: 9 }],
  });
});

test.each([
  [
    'merge',
    'merge: {spec: {template: {spec: {containers: [{name: web, env: [{name: DEBUG, $patch: delete}]}]}}}}',
    'containers.web.env',
  ],
  ['merge', 'merge: {spec: {template: {spec: {terminationGracePeriodSeconds: null}}}}', ''],
  ['json', 'json: [{op: remove, path: /spec/template/spec/terminationGracePeriodSeconds}]', ''],
  ['json', 'json: [{op: remove, path: /spec/template/spec/containers/0/env/0}]', 'containers.web.env'],
])('what a patch took away is said where it was: %s %s', (_, patch, field) => {
  const fleet = temporaryFolder(
    withFiles(smallFleet, {
      'systems/shop/system.yaml': String(smallFleet.get('systems/shop/system.yaml')).replace(
        'replicas: 1',
        'terminationGracePeriodSeconds: 5\n      env: {DEBUG: "1", LEVEL: info}',
      ),
      'clusters/dev/dev.yaml': String(smallFleet.get('clusters/dev/dev.yaml')).replace(
        '    stock:',
        `      patches: [{target: {kind: Deployment, name: shop-web}, reason: not here, ${patch}}]\n    stock:`,
      ),
    }),
  );
  const target = `dev/shop/Deployment/web#spec.template.spec${field === '' ? '' : `.${field}`}`;
  expect(stowage(['why', target], { in: fleet }).out).toMatch(
    /\n {2}changed by\n {4}environment dev, clusters\/dev\/dev\.yaml:\d+:\d+\n/,
  );
});

test('what follows from a component is said where the component is, whoever changes it', () => {
  expect(why('prod/shop/Service/web#spec.selector').out).toContain(`
  system shop, systems/shop/system.yaml:8:5
    8 | web:
`);
  expect(why('prod/shop/Ingress/web#spec.ingressClassName').out).toContain(`
  cluster prod, clusters/prod/cluster.yaml:6:27
`);
});

test('an element of a list that is an object of its own goes by the name of that object', () => {
  const path = 'systems/stock/system.yaml';
  const kept = 'workload: StatefulSet\n      volumes: {data: {size: 1Gi, mountPath: /data}}\n      replicas: 1';
  const fleet = temporaryFolder(withFiles(smallFleet, { [path]: String(smallFleet.get(path)).replace('replicas: 1', kept) }));
  const ask = (name: string) =>
    stowage(['why', `dev/stock/StatefulSet/web#spec.volumeClaimTemplates[${name}].spec.resources.requests.storage`], {
      in: fleet,
    });
  expect(ask('data')).toMatchObject({ code: 0, out: expect.stringContaining(' = 1Gi\n'), err: '' });
  expect(ask('dat')).toMatchObject({ code: 2, err: expect.stringContaining('did you mean `data`?') });
});

test('a convention says why', () => {
  const { code, out } = why('prod/shop/Deployment/web#spec.template.spec.securityContext.runAsNonRoot');
  expect(code).toBe(0);
  expect(out).toMatch(/ = true\n {2}by convention: .+\n$/);
});

test.each([
  ['a name in a list', 'dev/stock/Deployment/web#spec.template.spec.containers[web].image', 'example/stock:1.0.0'],
  ['a key in quotes', 'dev/stock/Deployment/web#metadata.labels["app.kubernetes.io/part-of"]', 'stock'],
  ['a kind in lower case', 'dev/stock/deployment/web#spec.template.spec.containers[0].name', 'web'],
])('%s is found', (_, target, value) => {
  expect(why(target)).toMatchObject({ code: 0, out: expect.stringContaining(` = ${value}\n`), err: '' });
});

test('what is asked for is named so that one can ask for it again', () => {
  const field = 'metadata.labels["app.kubernetes.io/part-of"]';
  expect(why(`dev/stock/Deployment/web#${field}`).out).toContain(`#${field} = stock\n`);
  expect(why('dev/stock/Deployment/web#spec.template.spec.containers.web.image').out).toContain(
    '#spec.template.spec.containers[web].image = ',
  );
});

test.each([
  ['an environment', 'prd/shop/Deployment/web', 'there is no prd/shop', 'did you mean `prod/shop`?'],
  ['a System', 'prod/shp/Deployment/web', 'there is no prod/shp', 'did you mean `prod/shop`?'],
  ['a kind', 'prod/shop/Deploymnt/shop-web', 'there is no Deploymnt/shop-web', 'did you mean `Deployment/shop-web`?'],
  ['an object', 'prod/shop/Deployment/shop-wbe', 'there is no Deployment/shop-wbe', 'did you mean `Deployment/shop-web`?'],
  ['a field', 'prod/shop/Deployment/web#spec.replica', 'there is no `replica`', 'did you mean `replicas`?'],
  [
    'a container',
    'prod/shop/Deployment/web#spec.template.spec.containers[wbe].image',
    'there is no `wbe`',
    'did you mean `web`?',
  ],
  ['no object', 'prod/shop', '`prod/shop` names no object', 'write <environment>/<system>/<Kind>/<name>#<field>'],
])('%s that is not there is answered with a suggestion', (_, target, problem, suggestion) => {
  const { code, out, err } = why(target);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(problem);
  expect(err).toContain(suggestion);
});

test('labels of the environment and the namespace are among what an object has', () => {
  const folder = temporaryFolder(
    withFiles(smallFleet, {
      'clusters/prod/prod.yaml': `apiVersion: stowage.dev/v1
kind: Environment
metadata: {name: prod}
spec:
  stage: prod
  namespace: shops
  labels: {region: eu, tier: low}
  systems:
    shop:
      parameters: {domain: prod.example.com}
      labels: {tier: high}
`,
    }),
  );
  const told = (field: string) => stowage(['why', `prod/shop/Deployment/web#metadata.${field}`], { in: folder }).out;
  expect(told('labels.region')).toBe(`Deployment/shop-web#metadata.labels.region = eu
  environment prod, clusters/prod/prod.yaml:7:20
    7 | labels: {region: eu, tier: low}
`);
  expect(told('labels.tier')).toContain('clusters/prod/prod.yaml:11:22');
  expect(told('labels.tier')).toContain('over low');
  expect(told('namespace')).toContain('clusters/prod/prod.yaml:6:14');
});
