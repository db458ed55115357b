import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { renders } from '../fleet/fleet.ts';
import { allReferenceFacts } from './servers/cluster-facts.ts';
import { type Any, namedOf } from './servers/kube.ts';
import { type Api, startApi } from './servers/start-cluster.ts';

/** Kinds of the reference fleet that an API server of this version does not have. There are none. */
const unknown = { newest: [], oldest: [] } as const satisfies Record<string, readonly string[]>;

describe.each(['newest', 'oldest'] as const)('the API server of the %s Kubernetes, validating strictly,', (kubernetes) => {
  let api: Api;
  let failed = false;
  beforeAll(async () => {
    api = await startApi(inject('servers'), kubernetes, allReferenceFacts());
    const namespaces = new Set(renders.flatMap(({ objects }) => objects.flatMap(({ metadata }) => metadata.namespace ?? [])));
    for (const name of namespaces) await api.kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  });
  afterAll(async () => {
    const kept = await api?.stop(failed ? `validation-${kubernetes}` : undefined);
    if (kept !== undefined) console.error(`the logs of the servers are kept: ${kept}`);
  });
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });

  const accept = (object: Any) => api.kube.apply(object, { dryRun: true, force: true, manager: 'argocd-controller' });

  it('accepts every object of every environment', async () => {
    const { gitVersion } = await api.kube.ask('GET', '/version');
    const known = renders.flatMap(({ name, objects }) =>
      objects
        .filter(({ apiVersion, kind }) => !(unknown[kubernetes] as readonly string[]).includes(`${apiVersion}/${kind}`))
        .map((object) => ({ name, object })),
    );
    const refusals = await Promise.all(
      known.map(async ({ name, object }) => {
        const refusal = await accept(object).then(
          () => undefined,
          (error: Error) => error.message,
        );
        return refusal === undefined ? [] : [`${name} ${object.kind} ${object.metadata.name}: ${refusal}`];
      }),
    );
    console.log(
      `${gitVersion} accepts ${known.length - refusals.flat().length} of ${known.length} objects of ${renders.length} overlays`,
    );
    expect(refusals.flat()).toEqual([]);
    expect(known.length).toBeGreaterThan(900);
  });

  it('keeps what was sent: nothing of it is dropped on the way', async () => {
    const deployment = renders[0]?.objects.find(({ kind }) => kind === 'Deployment');
    const accepted = await accept(deployment);
    expect(namedOf(accepted)).toEqual(namedOf(deployment));
    expect(accepted.spec).toMatchObject(deployment.spec);
  });

  it.each([
    [
      'a field that it does not know',
      'Deployment',
      (object: Any) => Object.assign(object.spec.template.spec, { containerz: [] }),
    ],
    [
      'a field of a custom resource that its definition does not have',
      'SealedSecret',
      (object: Any) => Object.assign(object.spec, { templates: {} }),
    ],
    ['a value that is none', 'Service', (object: Any) => Object.assign(object.spec.ports[0], { port: 70_000 })],
  ])('refuses %s', async (_, kind, spoil) => {
    const object = structuredClone(renders[0]?.objects.find((one) => one.kind === kind));
    spoil(object);
    await expect(accept(object)).rejects.toThrow(/: (400|422|500) /);
  });
});
