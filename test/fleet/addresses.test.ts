import { describe, expect, it } from 'vitest';
import { changed, clean, objectsOf, renders } from './fleet.ts';
import { complaintsAbout } from './resolver/complaints.ts';
import { edgesOf } from './resolver/edges.ts';
import type { Render } from './resolver/render.ts';
import { externalsOf, surroundedRender } from './surroundings.ts';

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
