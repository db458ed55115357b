import { expect, test } from 'vitest';
import type { ClusterApi } from '../../src/cluster/cluster-api.ts';
import { askFacts } from '../../src/cluster/facts/ask-facts.ts';
import { Failure } from '../../src/store/fail.ts';

/** A cluster that answers with what `answer` gives, or not at all. */
function cluster(answer: (path: string) => { status: number; body: unknown }): { api: ClusterApi; asked: string[] } {
  const asked: string[] = [];
  const request: ClusterApi['request'] = async ({ path }) => {
    asked.push(path);
    return answer(path);
  };
  return { api: { server: 'https://east.example.com', request, sent: () => asked.length, close: () => {} }, asked };
}

const version = { status: 200, body: { major: '1', minor: '34' } };

test('a server that cannot be reached is asked for one thing only', async () => {
  const { api, asked } = cluster(() => {
    throw new Failure('cannot reach https://east.example.com');
  });
  await expect(askFacts(api)).rejects.toThrow('cannot reach');
  expect(asked).toEqual(['/version']);
});

test('what fails later leaves the other facts', async () => {
  const { api } = cluster((path) => {
    if (path === '/version') return version;
    if (path.startsWith('/api/v1/nodes')) throw new Failure('no answer within 30 s', 'try again');
    return { status: 200, body: { items: [], kind: 'APIGroupDiscoveryList' } };
  });
  expect(await askFacts(api)).toEqual({
    kubernetes: { value: '1.34' },
    storageClasses: { value: [] },
    ingressClasses: { value: [] },
    runtimeClasses: { value: [] },
    kinds: { value: [] },
    nodes: { unknown: 'no answer within 30 s', hint: 'try again' },
    metricsServer: { value: false },
  });
});

test('a fault of this program is no fact that nobody knows', async () => {
  const { api } = cluster((path) => {
    if (path === '/version') return version;
    throw new TypeError('a bug');
  });
  await expect(askFacts(api)).rejects.toThrow('a bug');
});

test('pages are asked for until there is none, and one that leads back to itself ends it', async () => {
  const { api, asked } = cluster((path) => {
    if (path === '/version') return version;
    return { status: 200, body: { metadata: { continue: 'again' }, items: [], kind: 'APIGroupDiscoveryList' } };
  });
  await askFacts(api);
  expect(asked.filter((path) => path.startsWith('/api/v1/nodes'))).toEqual([
    '/api/v1/nodes?limit=250',
    '/api/v1/nodes?limit=250&continue=again',
  ]);
});
