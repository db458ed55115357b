import { describe, expect, it } from 'vitest';
import { type Any, changed, clean, idOf, objectsOf, renders } from './fleet.ts';
import { complaintsAbout } from './resolver/complaints.ts';
import { edgesOf } from './resolver/edges.ts';
import type { Render } from './resolver/render.ts';
import { clusterOf, externalsOf, surroundedRender } from './surroundings.ts';

const told = (render: Render) =>
  edgesOf(render).map(({ from, host, port }) => `${from.id} → ${host}${port === undefined ? '' : `:${port}`}`);

describe.each(renders)('$name', ({ environment, system, objects }) => {
  const render = surroundedRender(environment, system, objects);

  it('knows only addresses where somebody answers, and its policies let it through', () => {
    expect(told(render).length).toBeGreaterThan(2);
    expect(complaintsAbout(render)).toEqual([]);
  });

  it('tells its pods every external address that it was given', () => {
    const hosts = new Set(edgesOf(render).map(({ host }) => host));
    const bridged = objects.filter((object) => object.kind === 'EndpointSlice').flatMap((slice) => slice.endpoints);
    for (const endpoint of bridged) for (const address of endpoint.addresses) hosts.add(address);
    expect([...externalsOf(environment, system)].filter((host) => !hosts.has(host))).toEqual([]);
  });
});

describe.each(renders.filter(({ name }) => /^(dev\/flts|staging\/fluss)$/.test(name)))(
  '$name without one of its objects',
  (one) => {
    const { environment, system, objects } = one;
    // For people, or for what does not speak yet.
    const unasked = /^Service\/(preprocess|train-gru|train-lstm|nonml-prophet|eval|inference)$/;
    const named = /^(Service|ConfigMap|SealedSecret|ServiceAccount|PersistentVolumeClaim|Deployment|StatefulSet)$/;

    it.each(objects.filter(({ kind }) => named.test(kind)).map((object) => [idOf(object), object]))('%s', (id, object) => {
      const rest = objects.filter((other) => other !== object);
      const found = complaintsAbout(surroundedRender(environment, system, rest));
      expect(found.length > 0).toBe(!unasked.test(id));
    });
  },
);

describe('the node ports of a cluster', () => {
  const used = renders.flatMap(({ environment, name, objects }) =>
    objects
      .filter((object) => object.kind === 'Service')
      .flatMap(({ metadata, spec }) =>
        spec.ports
          .filter((port: Any) => port.nodePort !== undefined)
          .map((port: Any) => ({ cluster: clusterOf(environment), port: port.nodePort, by: `${name} ${metadata.name}` })),
      ),
  );

  it('have one Service each, in the range that Kubernetes gives', () => {
    const taken = new Map<string, string>();
    for (const { cluster, port, by } of used) {
      expect(taken.get(`${cluster} ${port}`), `${by} on ${cluster}: ${port}`).toBeUndefined();
      taken.set(`${cluster} ${port}`, by);
      expect(port, by).toBeGreaterThanOrEqual(30000);
      expect(port, by).toBeLessThanOrEqual(32767);
    }
  });
});

describe('what is on in no environment', () => {
  it('everything of Thunderline at once', () => {
    const result = clean(
      changed('clusters/dev/thunderline-hpo-demo.yaml', [
        'parameters: {',
        'components: { federation: { enabled: true }, flower-client: { enabled: true } }\n      parameters: {',
      ]),
    );
    const objects = objectsOf('thunderline-hpo-demo/thunderline', result);
    const render = surroundedRender('thunderline-hpo-demo', 'thunderline', objects);
    expect(told(render)).toContain('Deployment/thunderline-flower-client → thunderline-federation:8081');
    expect(complaintsAbout(render)).toEqual([]);
  });

  it('everything of Fluss at once, three of each', () => {
    const result = clean(
      changed('clusters/staging/staging.yaml', [
        'components:\n        tablet: {',
        'parameters: { flinkHost: flink.example.com }\n      components:\n        jobmanager: { ingress: { enabled: true } }\n        taskmanager: { replicas: 3 }\n        tablet: {',
      ]),
    );
    expect(complaintsAbout(surroundedRender('staging', 'fluss', objectsOf('staging/fluss', result)))).toEqual([]);
  });
});
