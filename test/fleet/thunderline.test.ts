import { dump, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../../src/commands/read-values.ts';
import { type CompileResult, compile } from '../../src/index.ts';
import { asBytes, partOfFleet } from '../support/fleet-files.ts';
import { type Any, clean, get, idOf, inputs, objectsOf, variables } from './fleet.ts';
import { complaintsAbout } from './resolver/complaints.ts';
import { renderOf } from './resolver/render.ts';

const own = partOfFleet(inputs, (path) =>
  /^(stowage\.yaml|systems\/thunderline\/(?!releases)|clusters\/dev\/(cluster|sealing))/.test(path),
);

/** Thunderline alone, as it is being worked on, in an environment that chooses this. */
function choose(entry: Any, stage = 'dev'): CompileResult {
  const environment = {
    apiVersion: 'stowage.dev/v1',
    kind: 'Environment',
    metadata: { name: 'try' },
    spec: { stage, systems: { thunderline: entry } },
  };
  return compile(asBytes(new Map<string, string | Uint8Array>([...own, ['clusters/dev/try.yaml', dump(environment)]])));
}

const name = 'try/thunderline';
const mainOf = (id: string, result: CompileResult) => get(name, id, result).spec.template.spec.containers[0];

describe('a port that is another than that of the Service', () => {
  const moved = (...ports: string[]) => ({
    ports: Object.fromEntries(ports.map((port) => [port, { port: 5555, servicePort: 80 }])),
  });
  const result = clean(
    choose({
      profiles: ['hpo-demo', 'federation-demo'],
      components: {
        ...Object.fromEntries(['web', 'worker', 'mlflow', 'cerebros', 'livebook'].map((key) => [key, moved('http')])),
        minio: { ports: { api: { port: 5555, servicePort: 80 }, console: { port: 5556, servicePort: 81 } } },
        federation: moved('grpc'),
      },
    }),
  );

  it.each([
    ['web', 'PORT'],
    ['worker', 'PORT'],
    ['cerebros', 'PORT'],
    ['livebook', 'LIVEBOOK_PORT'],
  ])('is told to %s', (component, variable) => {
    const id = `Deployment/thunderline-${component}`;
    expect(mainOf(id, result).ports[0].containerPort).toBe(5555);
    expect(variables(name, id, result).get(variable)).toBe('5555');
  });

  it.each([
    ['Deployment/thunderline-mlflow', ['--port=5555']],
    ['Deployment/thunderline-federation', ['0.0.0.0:5555']],
    ['StatefulSet/thunderline-minio', [':5555', ':5556']],
  ])('is told to %s', (id, args) => {
    expect(mainOf(id, result).args).toEqual(expect.arrayContaining(args));
  });

  it('leaves others with that of the Service', () => {
    expect(variables(name, 'Deployment/thunderline-web', result).get('MLFLOW_TRACKING_URI')).toBe('http://thunderline-mlflow:80');
    expect(get(name, 'Service/thunderline-web', result).spec.ports).toMatchObject([{ port: 80, targetPort: 'http' }]);
  });
});

const errorsOf = (result: CompileResult) =>
  result.diagnostics.filter((one) => one.severity === 'error').map((one) => one.message);

describe('refuses what would not work:', () => {
  it.each([
    ['mlflow', /SQLite/],
    ['livebook', /Livebook pods/],
    ['postgresql', /Postgres/],
    ['minio', /MinIO pods/],
  ])('an autoscaler of %s, as it does replicas', (component, message) => {
    const several = [{ replicas: 2 }, { autoscale: { min: 1, max: 3, cpu: 70 } }];
    for (const scale of several) {
      const result = choose({ profiles: ['hpo-demo'], components: { [component]: scale } });
      expect(errorsOf(result).join('\n')).toMatch(message);
      expect(result.ok).toBe(false);
    }
  });

  it('an ingress of the web endpoint without a host', () => {
    const result = choose({ components: { web: { ingress: { enabled: true } } } });
    expect(errorsOf(result).join('\n')).toMatch(/web ingress is on and has no host/);
  });

  const shown = { profiles: ['livebook-tls'], parameters: { host: 'example.com' } };
  it.each<[string, Any, Any, RegExp]>([
    ['Livebook for all without TLS', { livebook: { ingress: { tls: null } } }, {}, /without TLS/],
    ['Livebook for all that reads no password', { livebook: { env: { LIVEBOOK_PASSWORD: null } } }, {}, /reads no password/],
    ...['attached:thunderline', 'elixir', ''].map((runtime): [string, Any, Any, RegExp] => [
      `the runtime ${JSON.stringify(runtime)}`,
      { livebook: { env: { LIVEBOOK_DEFAULT_RUNTIME: runtime } } },
      {},
      /no other runtime/,
    ]),
    ['a bridge without a runner', { worker: { env: { CEREBROS_ENABLED: 'true' } } }, {}, /there is no runner/],
    ['a bridge for both without a runner', {}, { env: { CEREBROS_ENABLED: true } }, /there is no runner/],
    ['our own runner that is off', {}, { env: { CEREBROS_URL: 'http://thunderline-cerebros:8088' } }, /our own Cerebros runner/],
    [
      'our own tracker that is off',
      { web: { env: { MLFLOW_TRACKING_URI: 'http://thunderline-mlflow:5000' } } },
      {},
      /our own MLflow/,
    ],
    [
      'a runner that is told no tracker',
      { mlflow: { enabled: true }, cerebros: { enabled: true, env: { MLFLOW_TRACKING_URI: '' } } },
      {},
      /not told where/,
    ],
    ['the application without a database', {}, { boot: { DATABASE_URL: null } }, /stops at boot/],
  ])('%s', (_, components, env, message) => {
    expect(errorsOf(choose({ ...shown, components, env })).join('\n')).toMatch(message);
  });

  it('the web endpoint for all without TLS, but in development', () => {
    const entry = { parameters: { host: 'example.com' }, components: { web: { ingress: { enabled: true, tls: null } } } };
    expect(errorsOf(choose(entry, 'staging')).join('\n')).toMatch(/web ingress is on without TLS/);
    clean(choose(entry));
  });

  it('nothing that is chosen by hand and would work', () => {
    const bridge = { CEREBROS_ENABLED: 'true', CEREBROS_REMOTE_URL: 'https://runner.example.com' };
    clean(choose({ env: { env: bridge }, components: { worker: { env: { CEREBROS_ENABLED: 'false' } } } }));
    const tracked = { cerebros: { enabled: true, env: { MLFLOW_TRACKING_URI: 'https://mlflow.example.com' } } };
    clean(choose({ components: tracked }));
    const runtime = {
      profiles: ['hpo-demo'],
      components: { livebook: { env: { LIVEBOOK_DEFAULT_RUNTIME: 'attached:node:cookie' } } },
    };
    clean(choose(runtime));
  });
});

describe('web and worker', () => {
  it.each([
    [['web'], ['worker']],
    [['worker'], ['web']],
    [['web', 'worker'], []],
  ])('without %j', (off, left) => {
    const components = Object.fromEntries(off.map((key) => [key, { enabled: false }]));
    const result = clean(choose({ profiles: ['hpo-demo'], parameters: { host: 'localhost' }, components }));
    const ids = objectsOf(name, result).map(idOf);
    expect(ids.filter((id) => /-(web|worker)$/.test(id) && id.startsWith('Deployment'))).toEqual(
      left.map((key) => `Deployment/thunderline-${key}`),
    );
    for (const key of off) expect(ids.filter((id) => id.endsWith(`/thunderline-${key}`))).toEqual([]);
    expect(ids.some((id) => id.startsWith('ConfigMap/thunderline-env'))).toBe(left.length > 0);
    expect(ids).toContain('Job/thunderline-migrate');
    expect(complaintsAbout(renderOf(objectsOf(name, result)))).toEqual([]);
  });

  it('are one release with the migration', () => {
    const image = 'thunderline/app:9.9.9';
    const result = clean(choose({ components: { migrate: { image } } }));
    for (const role of ['web', 'worker']) expect(mainOf(`Deployment/thunderline-${role}`, result).image).toBe(image);
    expect(errorsOf(choose({ components: { web: { image } } })).join('\n')).toMatch(/one release of the application/);
  });
});

describe('Livebook', () => {
  it('asks for a token where it reads no password', () => {
    const result = clean(choose({ profiles: ['hpo-demo'], components: { livebook: { env: { LIVEBOOK_PASSWORD: null } } } }));
    const known = variables(name, 'Deployment/thunderline-livebook', result);
    expect(known.has('LIVEBOOK_PASSWORD')).toBe(false);
    expect(known.has('LIVEBOOK_TOKEN_ENABLED')).toBe(false);
  });
});

describe('the host that LiveView takes sockets from', () => {
  const hostOf = (entry: Any) => variables(name, 'Deployment/thunderline-web', clean(choose(entry))).get('PHX_HOST');

  it('is that of the ingress', () => {
    const ingress = { enabled: true, host: 'other.example.com' };
    expect(hostOf({ components: { web: { ingress } } })).toBe('other.example.com');
    expect(hostOf({ parameters: { host: 'example.com' }, components: { web: { ingress: { enabled: true } } } })).toBe(
      'example.com',
    );
  });

  it('is the parameter where there is no ingress', () => {
    expect(hostOf({ parameters: { host: 'localhost' } })).toBe('localhost');
  });
});

describe('the passwords of the examples', () => {
  const { secrets } = (load(new TextDecoder().decode(own.get('systems/thunderline/system.yaml'))) as Any).spec;
  const wellKnown = ['postgres', 'minio123', 'changeme', 'change-me-now', 'changeme1234', 'supersecret123', 'thunderline123'];

  it.each([
    ['livebook', 'LIVEBOOK_PASSWORD'],
    ['postgresql', 'password'],
    ['minio', 'root-password'],
  ])('are too short for %s', (secret, key) => {
    for (const password of wellKnown) {
      const value = new TextEncoder().encode(password);
      expect(problemOf(value, secrets[secret].keys[key]), password).toMatch(/characters and must have/);
    }
  });
});

describe('MLflow', () => {
  const argsOf = (parameters: Any) =>
    mainOf('Deployment/thunderline-mlflow', clean(choose({ profiles: ['hpo-demo'], parameters }))).args;

  it('keeps runs in SQLite and artifacts in the bucket', () => {
    const usual = ['--backend-store-uri=sqlite:////data/mlflow.db', '--default-artifact-root=s3://models/mlflow'];
    expect(argsOf({ bucket: 'models' })).toEqual(expect.arrayContaining(usual));
  });

  it('takes both from elsewhere', () => {
    const elsewhere = { mlflowBackendStoreUri: 'mysql://tracker@db.example.com/runs', mlflowArtifactRoot: 's3://other/place' };
    expect(argsOf(elsewhere)).toEqual(
      expect.arrayContaining([
        '--backend-store-uri=mysql://tracker@db.example.com/runs',
        '--default-artifact-root=s3://other/place',
      ]),
    );
  });
});

describe('packages of a Cerebros runner', () => {
  const parameters = { cerebrosPackages: 'optuna==4.0.0 mlflow>=2,<3' };

  it('are installed before it starts, from an index that it may reach', () => {
    const result = clean(choose({ profiles: ['hpo-demo', 'cerebros-packages'], parameters }));
    const pod = get(name, 'Deployment/thunderline-cerebros', result).spec.template.spec;
    const init = pod.initContainers.find((one: Any) => one.name === 'packages');
    const said = Object.fromEntries(init.env.map((one: Any) => [one.name, one.value]));
    expect(said).toMatchObject({ PACKAGES: parameters.cerebrosPackages, PIP_INDEX_URL: 'https://pypi.org/simple' });
    expect(init.image).toBe(pod.containers[0].image);
    const inMain = pod.containers[0].volumeMounts.find((one: Any) => one.name === 'packages');
    expect(inMain).toMatchObject({ mountPath: '/packages', readOnly: true });
    expect(init.volumeMounts).toMatchObject([{ name: 'packages', mountPath: '/packages' }]);
    expect(init.volumeMounts[0].readOnly).toBeUndefined();
    expect(variables(name, 'Deployment/thunderline-cerebros', result).get('PYTHONPATH')).toBe('/packages');
    const { egress } = get(name, 'NetworkPolicy/thunderline-cerebros', result).spec;
    expect(egress.flatMap((rule: Any) => (rule.to ?? []).map((peer: Any) => peer.ipBlock?.cidr))).toContain('0.0.0.0/0');
  });

  it('are none by default, and then it reaches no further than before', () => {
    const result = clean(choose({ profiles: ['hpo-demo'] }));
    const inits = get(name, 'Deployment/thunderline-cerebros', result).spec.template.spec.initContainers;
    expect(inits.map((one: Any) => one.name)).toEqual(['wait-for-dependencies']);
    expect(JSON.stringify(get(name, 'NetworkPolicy/thunderline-cerebros', result))).not.toContain('ipBlock');
  });

  it('are refused where nothing installs them, and options in their place', () => {
    expect(errorsOf(choose({ profiles: ['hpo-demo'], parameters })).join('\n')).toMatch(/no index to take them from/);
    const option = { profiles: ['hpo-demo', 'cerebros-packages'], parameters: { cerebrosPackages: '--pre optuna' } };
    expect(choose(option).ok).toBe(false);
  });
});

describe('the profile consolidated', () => {
  const result = clean(choose({ profiles: ['consolidated'], parameters: { host: 'localhost' } }));
  const ids = objectsOf(name, result).map(idOf);

  it('has everything but the federation and an ingress', () => {
    const parts = ['web', 'worker', 'mlflow', 'cerebros', 'livebook', 'otelcol'].map((key) => `Deployment/thunderline-${key}`);
    expect(ids).toEqual(
      expect.arrayContaining([...parts, 'StatefulSet/thunderline-postgresql', 'StatefulSet/thunderline-minio']),
    );
    expect(ids.filter((id) => /federation|flower|^Ingress|^Certificate/.test(id))).toEqual([]);
    expect(complaintsAbout(renderOf(objectsOf(name, result)))).toEqual([]);
  });

  it('keeps what it writes, and has the sizes of the chart', () => {
    const size = (claim: Any) => claim.spec.resources.requests.storage;
    const template = (id: string) => size(get(name, `StatefulSet/thunderline-${id}`, result).spec.volumeClaimTemplates[0]);
    expect([template('postgresql'), template('minio')]).toEqual(['10Gi', '20Gi']);
    expect(size(get(name, 'PersistentVolumeClaim/thunderline-livebook', result))).toBe('5Gi');
    expect(size(get(name, 'PersistentVolumeClaim/thunderline-mlflow', result))).toBe('10Gi');
    const usual = { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } };
    for (const role of ['web', 'worker']) expect(mainOf(`Deployment/thunderline-${role}`, result).resources).toEqual(usual);
    const runner = mainOf('Deployment/thunderline-cerebros', result).resources;
    expect(runner).toEqual({ requests: { cpu: '1', memory: '4Gi' }, limits: { cpu: '2', memory: '8Gi' } });
  });

  it('tells the application what is there', () => {
    expect(Object.fromEntries(variables(name, 'Deployment/thunderline-web', result))).toMatchObject({
      CEREBROS_ENABLED: 'true',
      FEATURES: 'ml_nas,cerebros_bridge,ai_chat_panel',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://thunderline-otelcol:4318',
    });
    expect(variables(name, 'Deployment/thunderline-cerebros', result).get('MLFLOW_EXPERIMENT_NAME')).toBe(
      'thunderline-consolidated',
    );
  });
});
