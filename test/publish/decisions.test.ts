import { expect, test } from 'vitest';
import { isOurs } from '../../src/publish/commit-message.ts';
import { firewall } from '../../src/publish/firewall.ts';
import { publish } from '../../src/publish/publish.ts';
import { memoryHost } from './support/memory-host.ts';
import { filesAt, requestAt } from './support/request.ts';

/** A host on which the fleet's first commit is published. */
function started(change: (files: Map<string, string>) => void = () => undefined) {
  const host = memoryHost();
  const files = filesAt(0);
  change(files);
  host.branches.set('main', host.putCommit(files, [], 'Start\n', 1).id);
  return host;
}

const shop = 'stowage/compile/dev/shop';
const told = ({ results }: Awaited<ReturnType<typeof publish>>) =>
  results.map(({ key, outcome, reason }) => `${key} ${outcome}${reason === undefined ? '' : `: ${reason}`}`);

test('a file that was edited in the target blocks its key by name, and no other', async () => {
  const path = 'overlays/dev/shop/kustomization.yaml';
  const host = started((files) => files.set(path, `${files.get(path)}edited: true\n`));
  expect(told(await publish(requestAt(1, host)))).toEqual([
    `dev/shop blocked: ${path} was edited by hand in the config repository`,
    'dev/stock opened',
  ]);
  expect(told(await publish(requestAt(1, { ...host, overwrite: new Set([path]) })))).toEqual([
    'dev/shop opened',
    'dev/stock unchanged',
  ]);
});

test('foreign files stay, and one that stands in the way is named', async () => {
  const host = started((files) =>
    files.set('overlays/dev/shop/notes.txt', 'mine\n').set('overlays/dev/stock/kustomization.yaml', 'mine\n'),
  );
  expect(told(await publish(requestAt(1, host)))).toEqual([
    'dev/shop opened',
    'dev/stock blocked: overlays/dev/stock/kustomization.yaml in the config repository was not written by Stowage and stands where a generated file belongs',
  ]);
  expect(host.filesOf(host.branches.get(shop) as string).get('overlays/dev/shop/notes.txt')).toBe('mine\n');
});

test('what a person closed is not offered again, other content is', async () => {
  const host = started();
  await publish(requestAt(1, host));
  await host.forge.close(1);
  expect(told(await publish(requestAt(1, host)))).toEqual([
    'dev/shop blocked: pull request 1 offered just this, and somebody closed it',
    'dev/stock unchanged',
  ]);
  expect(told(await publish(requestAt(2, host)))).toEqual(['dev/shop opened', 'dev/stock updated']);
  expect(host.pulls.length).toBe(3);
});

test('what we closed ourselves is offered again when it is wanted again', async () => {
  const host = started();
  await publish(requestAt(1, host));
  expect(told(await publish(requestAt(2, { ...host, files: filesAt(0) })))).toEqual(['dev/shop closed', 'dev/stock closed']);
  expect(host.branches.has(shop)).toBe(false);
  expect(told(await publish(requestAt(2, { ...host, files: filesAt(1) })))).toEqual(['dev/shop opened', 'dev/stock opened']);
});

test("a commit of ours that somebody amended is a person's", async () => {
  const host = started();
  await publish(requestAt(1, host));
  const ours = host.commitOf(host.branches.get(shop) as string);
  expect(isOurs(ours)).toBe(true);
  for (const amended of [
    { ...ours, message: ours.message.replace('dev/shop at 1', 'dev/shop at last') },
    { ...ours, committed: '1700009999 +0000' },
    { ...ours, tree: '0'.repeat(40) },
    { ...ours, parents: ['0'.repeat(40)] },
  ])
    expect(isOurs(amended)).toBe(false);
});

test('what is shared goes with each that changes, and alone when nobody does', async () => {
  const host = started();
  const more = filesAt(1);
  more.set('argocd/dev/root.yaml', (filesAt(1).get('argocd/dev/root.yaml') as string).replace(/sha256.*/s, 'sha256:0\n'));
  await publish(requestAt(1, { ...host, files: more }));
  for (const branch of [shop, 'stowage/compile/dev/stock'])
    expect(host.filesOf(host.branches.get(branch) as string).get('argocd/dev/root.yaml')).toBe(more.get('argocd/dev/root.yaml'));
  const other = started();
  const alone = filesAt(0).set('argocd/dev/root.yaml', more.get('argocd/dev/root.yaml') as string);
  expect(told(await publish(requestAt(1, { ...other, files: alone })))).toEqual(['cluster:dev opened']);
});

test('a base that goes waits for those that may use it', async () => {
  const host = started();
  const files = filesAt(1, ['stock']);
  const bases = new Map([['dev/stock', ['base/stock/head']]]);
  const first = await publish(requestAt(1, { ...host, files, bases }));
  expect(told(first)).toEqual(['dev/shop opened', 'dev/stock opened']);
  expect(first.waiting).toEqual(['base/shop/head/kustomization.yaml']);
  for (const number of [1, 2]) await host.forge.merge(number, { sha: '', method: 'merge' });
  expect(told(await publish(requestAt(1, { ...host, files, bases })))).toEqual(['base:shop opened']);
});

test('overlays of a base that changes under them change with it, in each pull request', async () => {
  const inProd = (files: Map<string, string>) =>
    files.set('overlays/prod/shop/kustomization.yaml', files.get('overlays/dev/shop/kustomization.yaml') as string);
  const host = started(inProd);
  const bases = new Map(['dev/shop', 'prod/shop'].map((name) => [name, ['base/shop/head']]));
  const changed = ({ results }: Awaited<ReturnType<typeof publish>>) =>
    results.map(({ key, files }) => [key, files.map(({ path }) => path.slice(0, 14))]);
  const apart = await publish(requestAt(1, { ...host, files: inProd(filesAt(1)), bases, dryRun: true }));
  expect(changed(apart)).toEqual([
    ['dev/shop', ['overlays/dev/s']],
    ['dev/stock', ['overlays/dev/s']],
    ['prod/shop', ['overlays/prod/']],
  ]);
  const files = inProd(filesAt(1));
  files.set('base/shop/head/kustomization.yaml', files.get('base/stock/head/kustomization.yaml') as string);
  const together = await publish(requestAt(1, { ...host, files, bases, dryRun: true }));
  expect(changed(together).filter(([key]) => key !== 'dev/stock')).toEqual([
    ['dev/shop', ['base/shop/head', 'overlays/dev/s', 'overlays/prod/']],
    ['prod/shop', ['base/shop/head', 'overlays/dev/s', 'overlays/prod/']],
  ]);
});

test('one pull request of all, or of an environment', async () => {
  expect(told(await publish(requestAt(1, { ...started(), group: 'all' })))).toEqual(['all opened']);
  expect(told(await publish(requestAt(1, { ...started(), group: 'environment' })))).toEqual(['dev opened']);
});

test('a dry run says what would be and changes nothing', async () => {
  const host = started();
  const before = JSON.stringify([[...host.branches], host.pulls]);
  expect(told(await publish(requestAt(1, { ...host, dryRun: true })))).toEqual(['dev/shop opened', 'dev/stock opened']);
  expect(JSON.stringify([[...host.branches], host.pulls])).toBe(before);
});

test('the firewall lets through what was named, here or everywhere, and nothing else', () => {
  const hazard = { kind: 'delete', overlay: 'dev/shop', object: 'Deployment/web', text: 'gone', blocking: true } as const;
  const restart = { ...hazard, kind: 'restart', blocking: false } as const;
  expect(firewall([hazard, restart], [])?.reason).toContain('delete dev/shop/Deployment/web: gone');
  expect(firewall([hazard], ['Deployment/we', 'prod/shop/Deployment/web', 'deployment/web'])?.advice).toContain(
    '--allow-delete Deployment/web',
  );
  expect(firewall([hazard], ['Deployment/web'])).toBeUndefined();
  expect(firewall([hazard], ['dev/shop/Deployment/web'])).toBeUndefined();
  expect(firewall([restart], [])).toBeUndefined();
});
