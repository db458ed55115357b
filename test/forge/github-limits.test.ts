import { describe, expect, test } from 'vitest';
import { answer, answerRequests, api, pull } from './answering-github.ts';
import { connect, request } from './emulated-github.ts';
import { printNothing, thrownBy } from './token.ts';

answerRequests();
printNothing();

const said = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

async function openWith(...answers: Parameters<typeof answer>[2][]) {
  const told: string[] = [];
  const asked = answer('post', '/pulls', ...answers);
  const forge = await connect(api, { say: (text) => told.push(text) });
  return { told, asked, opened: forge.open(request('stowage/dev')) };
}

describe.each([403, 429])('a secondary limit, with status %i', (status) => {
  test.each([
    ['without retry-after', {}, 60],
    ['with a short one', { 'retry-after': '5' }, 60],
    ['with a long one', { 'retry-after': '90' }, 90],
  ])('%s is waited out', async (_, headers: Record<string, string>, seconds) => {
    const limited = { status, headers, body: { message: said } };
    const { told, asked, opened } = await openWith(limited, { status: 201, body: pull() });
    expect(await opened).toMatchObject({ number: 1 });
    expect(asked).toHaveLength(2);
    expect(told).toEqual([`GitHub asks for a pause: going on in ${seconds} s`]);
  });

  test('that does not end is given up', async () => {
    const { told, asked, opened } = await openWith({ status, body: { message: said } });
    const { message, hint } = await thrownBy(opened);
    expect(message).toBe(
      'GitHub has had too many requests and does not open a pull request for stowage/dev in octocat/config now',
    );
    expect(hint).toBe('run again in an hour: what was done is found and not done twice');
    expect(told.map((text) => /\d+/.exec(text)?.[0])).toEqual(['60', '120', '240']);
    expect(asked).toHaveLength(4);
  });
});

test('what is only read is given up as soon', async () => {
  const asked = answer('get', '/pulls/1', { status: 429, body: { message: said } });
  const { message } = await thrownBy((await connect(api)).get(1));
  expect(message).toBe('GitHub has had too many requests and does not show pull request #1 in octocat/config now');
  expect(asked).toHaveLength(4);
});

test.each([
  ['429 in other words', { status: 429, body: { message: 'Too many requests' } }],
  ['429 without words', { status: 429 }],
  ['403 that says when to come back', { status: 403, headers: { 'retry-after': '60' }, body: { message: 'Slow down' } }],
])('%s is a limit too', async (_, limited) => {
  const { told, opened } = await openWith(limited, { status: 201, body: pull() });
  expect(await opened).toMatchObject({ number: 1 });
  expect(told).toEqual(['GitHub asks for a pause: going on in 60 s']);
});

const used = (seconds: number) => ({
  status: 403,
  headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${Math.floor(Date.now() / 1000) + seconds}` },
  body: { message: 'API rate limit exceeded' },
});

test('requests that are used up for a while are waited for', async () => {
  const { told, opened } = await openWith(used(200), { status: 201, body: pull() });
  expect(await opened).toMatchObject({ number: 1 });
  expect(told).toEqual([expect.stringMatching(/^GitHub asks for a pause: going on in (199|20[0-2]) s$/)]);
});

test('requests that are used up for long are not waited for', async () => {
  const { told, asked, opened } = await openWith(used(3000));
  expect((await thrownBy(opened)).message).toMatch(/^GitHub has had too many requests/);
  expect(told).toEqual([]);
  expect(asked).toHaveLength(1);
});

test('a run that is stopped while it waits ends at once', async () => {
  const stop = new AbortController();
  answer('post', '/pulls', { status: 429, body: { message: said } });
  const forge = await connect(api, { second: 1000, signal: stop.signal, say: () => stop.abort() });
  await expect(forge.open(request('stowage/dev'))).rejects.toMatchObject({ name: 'AbortError' });
});
