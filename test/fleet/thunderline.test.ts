import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type CompileResult, compile } from '../../src/index.ts';
import { asBytes, partOfFleet } from '../support/fleet-files.ts';
import { type Any, clean, get, inputs, variables } from './fleet.ts';

const own = partOfFleet(inputs, (path) =>
  /^(stowage\.yaml|systems\/thunderline\/(?!releases)|clusters\/dev\/(cluster|sealing))/.test(path),
);

/** Thunderline alone, as it is being worked on, in an environment that chooses this. */
function choose(entry: Any): CompileResult {
  const environment = {
    apiVersion: 'stowage.dev/v1',
    kind: 'Environment',
    metadata: { name: 'try' },
    spec: { stage: 'dev', systems: { thunderline: entry } },
  };
  return compile(asBytes(new Map<string, string | Uint8Array>([...own, ['clusters/dev/try.yaml', dump(environment)]])));
}

const name = 'try/thunderline';
const mainOf = (id: string, result: CompileResult) => get(name, id, result).spec.template.spec.containers[0];

describe('a port that is another than that of the Service', () => {
  const moved = (...ports: string[]) => ({ ports: Object.fromEntries(ports.map((port) => [port, { port: 5555, servicePort: 80 }])) });
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
