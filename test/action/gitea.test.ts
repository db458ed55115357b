import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { token } from '../forge/token.ts';
import { readTree, temporaryFolder } from '../support/fleet-files.ts';
import { commitAll, git, gitFolder } from '../support/git-folder.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';
import { runWorkflow } from './composite-action.ts';

const comments: { id: number; body: string }[] = [];
const asked: string[] = [];

/** As much of Gitea as keeps comments. */
const server = createServer(async (request, answer) => {
  asked.push(`${request.method} ${request.url?.split('?')[0]}`);
  const id = Number(/\/comments\/(\d+)$/.exec(request.url ?? '')?.[1] ?? 0);
  const known = comments.find((comment) => comment.id === id);
  const { body } = request.method === 'GET' ? { body: '' } : ((await json(request)) as { body: string });
  const written = known ?? { id: comments.length + 1, body };
  written.body = body;
  if (request.method === 'POST') comments.push(written);
  answer.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
  answer.end(JSON.stringify(request.method === 'GET' ? comments : written));
});

let folder: string;
let base: string;
const environment = 'clusters/prod/prod.yaml';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const compiled = temporaryFolder(smallFleet);
  expect(stowage(['compile', '-q', '--no-verify'], { in: compiled }).code).toBe(0);
  folder = gitFolder(readTree(compiled));
  writeFileSync(join(folder, '.gitignore'), '.stowage/\n');
  expect(stowage(['init', '--gitea', '--action', './'], { in: folder }).code).toBe(0);
  base = commitAll(folder);
});

afterAll(() => server.close());

/** One more commit of the branch that a pull request offers. */
function commitReplicas(from: number, to: number): void {
  const text = readFileSync(join(folder, environment), 'utf8');
  writeFileSync(join(folder, environment), text.replace(`replicas: ${from}`, `replicas: ${to}`));
  expect(stowage(['compile', '-q', '--no-verify'], { in: folder }).code).toBe(0);
  commitAll(folder);
}

async function check() {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const head = { sha: git(folder, 'rev-parse', 'HEAD').trim() };
  return runWorkflow(readFileSync(join(folder, '.gitea/workflows/stowage-check.yaml'), 'utf8'), {
    event: { number: 7, pull_request: { number: 7, base: { sha: base }, head } },
    contexts: { 'github.token': token },
    variables: { GITHUB_SERVER_URL: url, GITHUB_REPOSITORY: 'tools/fleet', GITHUB_API_URL: `${url}/api/v1` },
    folder,
  });
}

test("the plan begins where the branch did, and stays one comment in Gitea's words", async () => {
  commitReplicas(3, 4);
  commitReplicas(4, 5);
  expect(await check()).toMatchObject({ code: 0, err: '', outputs: { changed: 'true' } });
  expect(comments).toEqual([{ id: 1, body: expect.stringContaining('`spec.replicas`: `3` → `5`') }]);
  commitReplicas(5, 6);
  expect((await check()).code).toBe(0);
  expect(comments).toEqual([{ id: 1, body: expect.stringContaining('`spec.replicas`: `3` → `6`') }]);
  expect(asked.every((line) => / \/api\/v1\/repos\/tools\/fleet\/issues\/(7\/)?comments/.test(line))).toBe(true);
});
