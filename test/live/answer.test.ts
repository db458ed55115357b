import { expect, test } from 'vitest';
import { answer, type Site } from '../../src/live/answer.ts';
import type { Report } from '../../src/report/report.ts';

const report = {
  index: { parts: { 'overlay/dev/shop': '0123' } },
  parts: new Map([['overlay/dev/shop', '{"a":1}']]),
} as unknown as Report;
const site: Site = { port: 7340, policy: "default-src 'none'", report: () => report, page: () => '<!doctype html>' };
const ask = (url: string, more: { method?: string; host?: string; origin?: string } = {}) =>
  answer({ method: 'GET', url, host: '127.0.0.1:7340', origin: undefined, ...more }, site);
const status = (...words: Parameters<typeof ask>) => {
  const answered = ask(...words);
  return answered === 'events' ? answered : answered.status;
};

test('page, events and parts are there, and nothing else', () => {
  expect(ask('/')).toMatchObject({ status: 200, body: '<!doctype html>', headers: { 'content-security-policy': site.policy } });
  expect(ask('/parts/overlay/dev/shop?0123')).toMatchObject({ status: 200, body: '{"a":1}', headers: { etag: '"0123"' } });
  // What there is, with what it is: who asks may be behind.
  expect(ask('/parts/overlay/dev/shop?4567')).toMatchObject({ headers: { etag: '"0123"' } });
  expect(status('/events')).toBe('events');
  for (const path of ['/parts/', '/parts/overlay', '/parts/%', '/index.html', '//', '/parts/../stowage.yaml'])
    expect(status(path)).toBe(404);
});

test('every answer keeps other sites and caches out', () => {
  for (const path of ['/', '/parts/overlay/dev/shop', '/nothing'])
    expect(ask(path)).toMatchObject({
      headers: {
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      },
    });
});

test('only names of this machine are answered', () => {
  expect(status('/', { host: 'localhost:7340' })).toBe(200);
  for (const host of ['127.0.0.1', '127.0.0.1:80', 'example.com:7340', '127.0.0.1.example.com:7340', ''])
    expect(status('/', { host })).toBe(403);
  for (const origin of ['null', 'https://example.com', 'https://127.0.0.1:7340', 'http://127.0.0.1:1'])
    expect(status('/events', { origin })).toBe(403);
  expect(status('/events', { origin: 'http://localhost:7340' })).toBe('events');
});

test('on the usual port of the web its number may be left out', () => {
  const usual = { ...site, port: 80 };
  for (const host of ['127.0.0.1', 'localhost', '127.0.0.1:80'])
    expect(answer({ method: 'GET', url: '/', host, origin: undefined }, usual)).toMatchObject({ status: 200 });
});

test('nothing but reading is understood', () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
    expect(ask('/', { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  expect(status('/', { method: 'HEAD' })).toBe(200);
});
