import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ReportIndex } from '../../src/report/report.ts';
import { type Files, temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { commitAll, gitFolder } from '../support/git-folder.ts';
import { type Ended, startStowage, stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

interface Line {
  readonly command: 'dev';
  readonly event: 'listening' | 'compiled' | 'checked';
  readonly address?: string;
  readonly changed?: readonly string[];
  readonly ok?: boolean;
  readonly kept?: readonly string[];
  readonly diagnostics?: readonly { readonly code: string; readonly file: string }[];
}

interface Running {
  /** The next line of its output; none when it has ended. */
  readonly line: () => Promise<string | undefined>;
  readonly end: Promise<Ended>;
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ended>;
}

const running: Running[] = [];
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop('SIGKILL')));
  for (const server of servers.splice(0)) server.close();
});

function dev(fleet: string, ...words: string[]): Running {
  const { child, end } = startStowage(['dev', '--offline', ...words], { in: fleet });
  let rest = '';
  const lines: string[] = [];
  const waiting: ((line: string | undefined) => void)[] = [];
  child.stdout?.on('data', (text: string) => {
    const all = (rest + text).split('\n');
    rest = all.pop() as string;
    for (const line of all) {
      const next = waiting.shift();
      if (next === undefined) lines.push(line);
      else next(line);
    }
  });
  let over = false;
  end.then(() => {
    over = true;
    for (const next of waiting) next(undefined);
  });
  const started = {
    line: () => {
      if (lines.length > 0 || over) return Promise.resolve(lines.shift());
      return new Promise<string | undefined>((resolve) => waiting.push(resolve));
    },
    end,
    stop: (signal: NodeJS.Signals = 'SIGINT') => {
      child.kill(signal);
      return end;
    },
  };
  running.push(started);
  return started;
}

/** One that is open, with the JSON documents that it prints. */
async function open(fleet: string, ...words: string[]) {
  const started = dev(fleet, '--json', '--port', '0', ...words);
  const next = async () => JSON.parse((await started.line()) ?? '{}') as Line;
  const listening = await next();
  return { ...started, next, listening, address: listening.address as string, first: await next() };
}

interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As it is written: `fetch` would tidy paths and refuse a host. */
function ask(address: string, path: string, { method = 'GET', headers = {} }: Asking = {}): Promise<number | undefined> {
  const { port } = new URL(address);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    })
      .once('error', reject)
      .end();
  });
}

/** Waits for what an open page is told next that is so. */
async function follow(address: string): Promise<(isSo: (index: ReportIndex) => boolean) => Promise<ReportIndex>> {
  const { body } = await fetch(`${address}events`);
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let rest = '';
  const told: ReportIndex[] = [];
  const read = async () => {
    const { done, value } = await reader.read();
    if (done) throw new Error('the events have ended');
    const events = (rest + decoder.decode(value, { stream: true })).split('\n\n');
    rest = events.pop() as string;
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) told.push(JSON.parse(data) as ReportIndex);
    }
  };
  return async (isSo) => {
    for (;;) {
      const next = told.shift();
      if (next === undefined) await read();
      else if (isSo(next)) return next;
    }
  };
}

async function taken(port: number): Promise<number | undefined> {
  const server = createServer();
  const got = await new Promise<number | undefined>((resolve) => {
    server
      .once('error', () => resolve(undefined))
      .listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  if (got !== undefined) servers.push(server);
  return got;
}

const prod = 'clusters/prod/prod.yaml';
const edited = (from: string, to: string): Files =>
  withFiles(smallFleet, { [prod]: String(smallFleet.get(prod)).replace(from, to) });
const save = (fleet: string, path: string, files: Files) => writeFileSync(join(fleet, path), String(files.get(path)));

test('it says where it listens and what it compiled, and Ctrl-C is its end', async () => {
  const one = dev(gitFolder(smallFleet), '--port', '0');
  expect(await one.line()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(await one.line()).toBe('  Ctrl-C ends it');
  expect(await one.line()).toMatch(/^compiled in \d+ ms: 4 overlays changed$/);
  expect(await one.stop()).toMatchObject({ code: 0, err: '' });
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it while a page is open', async (signal) => {
  const one = await open(gitFolder(smallFleet));
  const told = await follow(one.address);
  await told(() => true);
  const ended = one.stop(signal);
  await expect(told(() => false)).rejects.toThrow();
  expect(await ended).toMatchObject({ code: 0, err: '' });
});

test('--json prints one document a line and nothing else', async () => {
  const fleet = gitFolder(smallFleet);
  const one = await open(fleet);
  expect(one.listening).toEqual({ command: 'dev', event: 'listening', address: expect.stringMatching(/^http:/) });
  const fine = { command: 'dev', event: 'compiled', milliseconds: expect.any(Number), ok: true, kept: [], diagnostics: [] };
  expect(one.first).toEqual({ ...fine, changed: ['dev/shop', 'dev/stock', 'prod/shop', 'prod/stock'] });
  save(fleet, prod, edited('replicas: 3', 'replicas: 5'));
  expect(await one.next()).toEqual({ ...fine, changed: ['prod/shop'] });
  save(fleet, prod, edited('replicas: 3', 'replica: 3'));
  expect(await one.next()).toMatchObject({
    ...{ event: 'compiled', ok: false, changed: [], kept: ['prod/shop', 'prod/stock'] },
    diagnostics: [{ code: 'unknown-field', file: prod, line: 9 }],
  });
  const { code, err } = await one.stop();
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('--quiet says nothing of what is well', async () => {
  const fleet = gitFolder(smallFleet);
  const loud = await open(fleet);
  const one = dev(fleet, '--quiet', '--port', '0');
  save(fleet, prod, edited('replicas: 3', 'replicas: 5'));
  await loud.next();
  const { out, err } = await one.stop();
  expect({ out, err }).toEqual({ out: '', err: '' });
});

test('a fleet that is broken from the start is served with its problems, and is fine once repaired', async () => {
  const fleet = temporaryFolder(withFiles(smallFleet, { 'stowage.yaml': 'kind: [' }));
  const one = await open(fleet);
  expect(one.first).toMatchObject({ ok: false, diagnostics: [{ code: 'yaml-syntax', file: 'stowage.yaml' }] });
  const told = await follow(one.address);
  expect(await told(() => true)).toMatchObject({ cells: [], problems: [{ file: 'stowage.yaml' }] });
  save(fleet, 'stowage.yaml', smallFleet);
  expect(await one.next()).toMatchObject({ ok: true, diagnostics: [] });
  expect(await told(({ problems }) => problems.length === 0)).toMatchObject({ cells: { length: 4 }, fleet: { name: 'small' } });
});

test('without stowage.yaml all stays as it was, until it is back', async () => {
  const fleet = temporaryFolder(smallFleet);
  const one = await open(fleet);
  rmSync(join(fleet, 'stowage.yaml'));
  expect(await one.next()).toMatchObject({ ok: false, changed: [], kept: { length: 4 } });
  save(fleet, 'stowage.yaml', smallFleet);
  expect(await one.next()).toMatchObject({ ok: true, changed: [], kept: [] });
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read is a problem like others', async () => {
  const fleet = temporaryFolder(smallFleet);
  const one = await open(fleet);
  chmodSync(join(fleet, prod), 0);
  expect(await one.next()).toMatchObject({ ok: false, changed: [], diagnostics: [{ code: 'not-text', file: prod }] });
  chmodSync(join(fleet, prod), 0o644);
  expect(await one.next()).toMatchObject({ ok: true, changed: [], diagnostics: [] });
});

test('what editors and git leave beside the files is none of its business', async () => {
  const fleet = gitFolder(smallFleet);
  const one = await open(fleet);
  for (const name of ['.prod.yaml.swp', 'prod.yaml~', '.#prod.yaml']) writeFileSync(join(fleet, 'clusters/prod', name), 'x');
  writeFileSync(join(fleet, '.git/index.lock'), '');
  writeFileSync(join(fleet, 'notes.yaml'), 'x');
  save(fleet, prod, edited('replicas: 3', 'replicas: 5'));
  expect(await one.next()).toMatchObject({ ok: true, changed: ['prod/shop'] });
  const { out } = await one.stop();
  expect(out.trimEnd().split('\n')).toHaveLength(3);
});

test('changes are counted anew after a commit', async () => {
  const fleet = gitFolder(smallFleet);
  const one = await open(fleet);
  const told = await follow(one.address);
  const { change } = await told(() => true);
  expect(change).toMatchObject({ objects: 0, from: expect.stringMatching(/^HEAD \(/) });
  save(fleet, prod, edited('replicas: 3', 'replicas: 5'));
  await told((index) => index.change?.objects === 1);
  commitAll(fleet);
  const after = await told((index) => index.change?.objects === 0);
  expect(after.change?.from).not.toBe(change?.from);
});

test('it writes nothing', async () => {
  const fleet = gitFolder(smallFleet);
  const held = () => {
    const paths = readdirSync(fleet, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(paths.map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name))]));
  };
  const before = held();
  const one = await open(fleet);
  await ask(one.address, '/');
  await ask(one.address, '/parts/overlay/dev/shop');
  await one.stop();
  expect(held()).toEqual(before);
});

test('a port that is taken is told, and without one the next is taken', async () => {
  const fleet = temporaryFolder(smallFleet);
  const port = (await taken(0)) as number;
  const ended = stowage(['dev', '--port', String(port)], { in: fleet });
  expect(ended).toMatchObject({ code: 3, out: '' });
  expect(ended.err).toBe(`error: port ${port} is taken\n  → \`--port 0\` takes any that is free\n`);
  // Somebody else may have the usual one already.
  await taken(7340);
  expect(Number(new URL((await dev(fleet).line()) as string).port)).toBeGreaterThan(7340);
});

test.each([
  [['--port', 'x'], '--port "x" is no port'],
  [['--port', '65536'], '--port "65536" is no port'],
  [['--from', 'nowhere'], '`nowhere` is no commit of this repository'],
  [['--from', 'worktree'], '--from worktree is what the page shows'],
  [['--drift', 'missing.json'], 'cannot read --drift missing.json: there is no such file'],
  [['--status-file', 'missing.json'], 'cannot read missing.json: there is no such file'],
])('%s is told before anything is served', (words, message) => {
  const { code, out, err } = stowage(['dev', ...words], { in: gitFolder(smallFleet) });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});

test('nobody but this machine is answered, and nothing can be changed', async () => {
  const { address } = await open(temporaryFolder(smallFleet));
  const host = new URL(address).host;
  for (const [path, asking, status] of [
    ['/', {}, 200],
    ['/', { method: 'HEAD' }, 200],
    ['/', { headers: { host: host.replace('127.0.0.1', 'localhost') } }, 200],
    ['/parts/overlay/dev/shop', {}, 200],
    ['/parts/overlay/x/y', {}, 404],
    ['/../../etc/passwd', {}, 404],
    ['/parts/../../stowage.yaml', {}, 404],
    ['/', { headers: { host: 'example.com' } }, 403],
    ['/', { headers: { origin: 'http://example.com' } }, 403],
    ['/', { method: 'POST' }, 405],
    ['/', { method: 'PUT' }, 405],
    ['/', { method: 'OPTIONS' }, 405],
  ] as const)
    expect([path, asking, await ask(address, path, asking)]).toEqual([path, asking, status]);
});
