import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ClusterApi } from '../../src/cluster/cluster-api.ts';
import { type ClusterAccess, openClusterApi } from '../../src/cluster/open-cluster-api.ts';
import { Failure } from '../../src/store/fail.ts';
import { type ApiServer, kubeconfig, startApiServer } from '../support/api-server.ts';
import { breaksOff, type Fault, keepsSilent, refuses, says, withFaults } from '../support/faults.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { secretValue } from '../support/secret-value.ts';

const token = secretValue('bearer');
let faults: readonly Fault[];
let waits: number[];
let server: ApiServer;
let api: ClusterApi;
beforeEach(async () => {
  faults = [];
  waits = [];
  server = await startApiServer(
    withFaults(
      () => faults,
      (_, response) => response.end('{"well":true}'),
    ),
  );
});
afterEach(async () => {
  api?.close();
  await server.close();
});

async function open(access: Partial<ClusterAccess> = {}, text = kubeconfig({ east: server.address }, token)) {
  const config = new KubeConfig();
  config.loadFromString(text);
  const wait = async (time: number) => void waits.push(time);
  api = await openClusterApi({ config, signal: new AbortController().signal, wait, ...access });
  return api;
}

const get = (path = '/pods') => api.request({ method: 'GET', path });
const well = { status: 200, body: { well: true } };
const anything = /./;

it('waits as long as it is told to, and goes on', async () => {
  faults = [{ at: anything, deed: refuses(429, 'too many', { 'retry-after': '7' }), times: 2 }];
  await open();
  expect(await get()).toEqual(well);
  expect({ waits, sent: api.sent() }).toEqual({ waits: [7000, 7000], sent: 3 });
});

it('does not wait for half an hour because it is told to', async () => {
  faults = [{ at: anything, deed: refuses(503, 'later', { 'retry-after': '1800' }), times: 1 }];
  await open();
  expect(await get()).toEqual(well);
  expect(waits).toEqual([30_000]);
});

it.each([429, 500, 502, 503, 504])('tries again after %i, longer apart each time, and gives up in the end', async (status) => {
  faults = [{ at: anything, deed: refuses(status, 'not now') }];
  await open();
  expect(await get()).toMatchObject({ status, body: { message: 'not now' } });
  expect({ waits, sent: api.sent() }).toEqual({ waits: [200, 800, 3200], sent: 4 });
});

it.each([400, 403, 404, 410, 422])('takes %i for an answer', async (status) => {
  faults = [{ at: anything, deed: refuses(status, 'no') }];
  await open();
  expect(await get()).toMatchObject({ status, body: { message: 'no' } });
  expect(api.sent()).toBe(1);
});

it.each([
  ['500', refuses(500, 'oops')],
  ['a connection that breaks in the middle of the answer', breaksOff],
])('gets over %s', async (_, deed) => {
  faults = [{ at: anything, deed, times: 1 }];
  await open();
  expect(await get()).toEqual(well);
});

it('says so where every connection breaks', async () => {
  faults = [{ at: anything, deed: breaksOff }];
  await open();
  const failure = await get().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ message: `cannot reach ${server.address}: ECONNRESET` });
  expect(api.sent()).toBe(4);
});

it('asks who keeps silent once more, and no more', async () => {
  faults = [{ at: anything, deed: keepsSilent }];
  await open({ patience: 1000 });
  await expect(get()).rejects.toThrow(`cannot reach ${server.address}: no answer within 1 s`);
  expect(api.sent()).toBe(2);
});

it('takes the status of whoever answers in words of his own, and no words for an answer', async () => {
  faults = [
    { at: /busy/, deed: says(429, '<h1>Too many requests</h1>') },
    { at: /portal/, deed: says(200, '<h1>Welcome</h1>') },
  ];
  await open();
  expect(await get('/busy')).toEqual({ status: 429, body: undefined });
  await expect(get('/portal')).rejects.toThrow(`what ${server.address} answers is no JSON`);
});

it('logs in again once, for all requests, where a token runs out', async () => {
  const logins = join(temporaryFolder(), 'logins');
  writeFileSync(logins, '');
  const program = `const fs = require('fs'); fs.appendFileSync(${JSON.stringify(logins)}, 'x');
    const token = 'login-' + fs.readFileSync(${JSON.stringify(logins)}, 'utf8').length;
    console.log(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } }));`;
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', program] };
  const text = JSON.stringify({
    ...parsed(kubeconfig({ east: server.address }, token)),
    users: [{ name: 'me', user: { exec } }],
  });
  let accepted = 'Bearer login-1';
  const refuse = refuses(401, 'Unauthorized');
  const answer: Fault['deed'] = (request, response) =>
    request.headers.authorization === accepted ? void response.end('{"well":true}') : refuse(request, response);
  faults = [{ at: anything, deed: answer }];
  await open({}, text);
  expect(await get()).toEqual(well);
  accepted = 'Bearer login-2';
  const all = await Promise.all(Array.from({ length: 20 }, () => get()));
  expect(all).toEqual(Array.from({ length: 20 }, () => well));
  expect(readFileSync(logins, 'utf8')).toBe('xx');
  accepted = 'Bearer of somebody else';
  expect(await get()).toMatchObject({ status: 401 });
  expect(readFileSync(logins, 'utf8')).toBe('xx');
  rmSync(logins);
});

it('has no more than eight requests in flight', async () => {
  let [now, most] = [0, 0];
  const open8: (() => void)[] = [];
  const answer: Fault['deed'] = (_, response) => {
    now += 1;
    most = Math.max(most, now);
    open8.push(() => {
      now -= 1;
      response.end('{}');
    });
    // Nobody is answered until as many are there as may be.
    if (now === 8) for (const end of open8.splice(0)) setImmediate(end);
  };
  faults = [{ at: anything, deed: answer }];
  await open();
  await Promise.all(Array.from({ length: 24 }, (_, index) => get(`/${index}`)));
  expect({ most, sent: api.sent() }).toEqual({ most: 8, sent: 24 });
});

it('ends at once where the run is ended, and asks nothing more', async () => {
  const abort = new AbortController();
  const reason = new Error('ended by hand');
  const interrupt: Fault['deed'] = () => abort.abort(reason);
  faults = [{ at: anything, deed: interrupt }];
  await open({ signal: abort.signal });
  const ended = await Promise.allSettled(Array.from({ length: 20 }, () => get()));
  expect(new Set(ended.map((one) => one.status === 'rejected' && one.reason))).toEqual(new Set([reason]));
  expect(server.asked.length).toBeLessThanOrEqual(8);
});

it('ends while it waits, too', async () => {
  const abort = new AbortController();
  const reason = new Error('ended by hand');
  faults = [{ at: anything, deed: refuses(429, 'later') }];
  await open({ signal: abort.signal, wait: async () => abort.abort(reason) });
  await expect(get()).rejects.toBe(reason);
});

function parsed(text: string): object {
  const config = new KubeConfig();
  config.loadFromString(text);
  return JSON.parse(config.exportConfig());
}
