import { type CompileResult, compile } from '../../src/index.ts';
import { partOfFleet } from '../support/fleet-files.ts';
import { type Any, idOf, inputs } from './fleet.ts';

const encoder = new TextEncoder();

/** What an environment says otherwise than the one of the developers. */
export interface Choice {
  readonly profiles?: readonly string[];
  /** One that is undefined is left out. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly components?: Readonly<Record<string, unknown>>;
  /** Secrets that somebody has sealed. */
  readonly sealed?: readonly string[];
  readonly runtimeClasses?: readonly string[];
}

const parameters = {
  s3Endpoint: 'https://s3.example.com',
  s3Region: 'eu-central-1',
  metaBucket: 'example-meta',
  contentBucket: 'example-content',
  logBucket: 'example-logs',
};

/** Flow-Like alone, on a cluster of its own. */
export function choose(choice: Choice = {}): CompileResult {
  const settings = {
    profiles: choice.profiles ?? [],
    parameters: { ...parameters, ...choice.parameters },
    components: choice.components ?? {},
  };
  const cluster = {
    kubernetes: '1.35',
    ingressClasses: { nginx: { default: true } },
    customResources: ['bitnami.com/v1alpha1/SealedSecret', 'cert-manager.io/v1/Certificate', 'cert-manager.io/v1/ClusterIssuer'],
    runtimeClasses: choice.runtimeClasses ?? [],
    metricsServer: true,
  };
  const document = (kind: string, spec: unknown) =>
    encoder.encode(JSON.stringify({ apiVersion: 'stowage.dev/v1', kind, metadata: { name: 'try' }, spec }));
  const files = partOfFleet(
    inputs,
    (path) => path === 'stowage.yaml' || /^systems\/flow-like\/(system\.yaml|files\/)/.test(path),
  );
  files.set('clusters/try/cluster.yaml', document('Cluster', cluster));
  files.set('clusters/try/try.yaml', document('Environment', { stage: 'dev', systems: { 'flow-like': settings } }));
  for (const secret of choice.sealed ?? ['storage', 'api-keys'])
    files.set(`clusters/try/sealed/try/flow-like/${secret}.yaml`, sealed(secret));
  return compile(files);
}

function sealed(secret: string): Uint8Array {
  return inputs.get(`clusters/prod-eu/sealed/prod-eu/flow-like/${secret}.yaml`) as Uint8Array;
}

/** The objects that a choice gives, which must be without problems. */
export function chosen(choice: Choice = {}): readonly Any[] {
  const result = choose(choice);
  const objects = result.objects.get('try/flow-like');
  if (objects === undefined || !result.ok) throw new Error(complaintsOf(result).join('\n'));
  return objects;
}

export function complaintsOf(result: CompileResult): string[] {
  return result.diagnostics.filter((one) => one.severity === 'error').map((one) => one.message);
}

export function one(objects: readonly Any[], id: string): Any {
  const found = objects.find((object) => idOf(object) === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}

/** The text of a file of a ConfigMap. */
export function fileOf(objects: readonly Any[], config: string, file: string): string {
  return one(objects, `ConfigMap/${config}`).data[file];
}
