import { beforeEach, expect, test } from 'vitest';
import type { Difference } from '../../src/drift/difference.ts';
import { fails } from '../../src/drift/fails.ts';
import { markerOf } from '../../src/drift/issue-marker.ts';
import type { AcceptedEntry } from '../../src/drift/ledger.ts';
import { trackDrift } from '../../src/drift/track-drift.ts';
import type { Issue } from '../../src/forge/forge.ts';
import { accept, difference, ledgerOf, missing } from './ledger-of.ts';
import { type MemoryIssues, memoryIssues } from './memory-issues.ts';

const scaled = difference();
const paused = difference({ field: 'spec.paused', declared: false, live: true });
const gone = missing('web');
const unseen = [{ cluster: 'prod-eu', what: 'services', why: 'the API server answered 403' }];

let issues: MemoryIssues;
let hour: number;
beforeEach(() => {
  issues = memoryIssues();
  hour = 0;
});

/** A run one hour after the last: the deed, and what was asked of the host for it. */
async function run(differences: readonly Difference[], accepted: readonly AcceptedEntry[] = [], changes = {}) {
  hour += 1;
  const at = new Date(Date.UTC(2026, 10, 21, hour));
  const before = issues.changes.length;
  const ledger = ledgerOf(differences, accepted, changes, at);
  const [tracked] = await trackDrift(issues, ledger, fails(ledger));
  return [tracked?.deed, ...issues.changes.slice(before)];
}

const byPerson = (state: Issue['state']) => {
  issues.all[0] = { ...(issues.all[0] as Issue), state };
};

test('without a difference there is no issue', async () => {
  expect(await run([])).toEqual(['nothing']);
  expect(await run([scaled], [accept(scaled)])).toEqual(['nothing']);
  expect(await run([], [], { unseen })).toEqual(['nothing']);
});

test('it is opened, says what there is, and stays as it is while nothing changes', async () => {
  expect(await run([scaled, gone])).toEqual(['open', 'open']);
  expect(issues.all[0]).toMatchObject({ number: 1, state: 'open', title: 'Drift on prod-eu' });
  expect(issues.all[0]?.body).toContain('**new changed** `StatefulSet tablet` `spec.replicas`: `3` → `5`');
  expect(issues.all[0]?.body).toContain('Last changed at `2026-11-21T01:00:00.000Z`');
  expect(await run([scaled, gone])).toEqual(['nothing']);
  expect(await run([gone, scaled], [], { effort: { objects: 7, requests: 9, lists: 1, dryRuns: 0 } })).toEqual(['nothing']);
});

test('what is new is told in a comment and in the text; what went away in the text alone', async () => {
  await run([scaled]);
  expect(await run([scaled, gone])).toEqual(['update', 'comment 1', 'update 1 to open']);
  expect([...issues.comments.values()]).toEqual([`One more difference:\n- **new missing** \`${gone.id}\`\n`]);
  expect(await run([gone])).toEqual(['update', 'update 1 to open']);
  expect(await run([gone], [accept(gone)])).toEqual(['close', 'update 1 to closed']);
});

test('what is there has changed again: that is new', async () => {
  await run([scaled]);
  expect(await run([difference({ live: 6 })])).toEqual(['update', 'comment 1', 'update 1 to open']);
});

test('when nothing is left it is closed, and reopened when something comes', async () => {
  await run([scaled]);
  expect(await run([])).toEqual(['close', 'update 1 to closed']);
  expect(issues.all[0]?.body).toContain('**No difference** on `prod-eu`');
  expect(await run([])).toEqual(['nothing']);
  expect(await run([scaled])).toEqual(['reopen', 'update 1 to open']);
  expect(issues.all).toHaveLength(1);
});

test('a difference between environments alone opens none, and is told in one that is there', async () => {
  const apart = difference({ between: 'environments', what: 'differs' });
  expect(await run([apart])).toEqual(['nothing']);
  await run([apart, scaled]);
  expect(issues.all[0]?.body).toContain(apart.id);
});

test('a partial run closes nothing, says what it did not see, and says it once', async () => {
  await run([scaled, gone]);
  expect(await run([], [], { unseen })).toEqual(['update', 'update 1 to open']);
  expect(issues.all[0]?.body).toContain('### ⛔ Not seen: this report is not complete\n- `prod-eu`: `services`');
  const otherwise = unseen.map((one) => ({ ...one, why: 'no answer after 30012 ms' }));
  expect(await run([], [], { unseen: otherwise })).toEqual(['nothing']);
  // Nothing of it is new: it was there before, and only hidden.
  expect(await run([scaled, gone])).toEqual(['update', 'update 1 to open']);
});

test('what cannot be seen on another cluster hides nothing here', async () => {
  await run([scaled]);
  const elsewhere = unseen.map((one) => ({ ...one, cluster: 'dev' }));
  hour += 1;
  const ledger = ledgerOf([], [], { unseen: elsewhere });
  expect(await trackDrift(issues, ledger, fails(ledger))).toMatchObject([
    { cluster: 'dev', deed: 'nothing' },
    { cluster: 'prod-eu', deed: 'close' },
  ]);
});

test('what a person closed stays closed while the same differences stand', async () => {
  await run([scaled, gone]);
  byPerson('closed');
  expect(await run([scaled, gone])).toEqual(['nothing']);
  expect(await run([scaled, gone], [], { unseen })).toEqual(['nothing']);
});

test('what a person closed is reopened for something new, and says what', async () => {
  await run([scaled]);
  byPerson('closed');
  expect(await run([scaled, paused])).toEqual(['reopen', 'comment 1', 'update 1 to open']);
  expect([...issues.comments.values()]).toEqual([
    `One more difference:\n- **new changed** \`${paused.id}\`: \`false\` → \`true\`\n`,
  ]);
});

test('what a person closed is reopened for what went away and came back', async () => {
  await run([scaled, gone]);
  byPerson('closed');
  expect(await run([gone])).toEqual(['update', 'update 1 to closed']);
  expect(await run([gone])).toEqual(['nothing']);
  expect(await run([scaled, gone])).toEqual(['reopen', 'comment 1', 'update 1 to open']);
});

test('what a person closed and is then gone for good comes back as any other', async () => {
  await run([scaled]);
  byPerson('closed');
  expect(await run([])).toEqual(['update', 'update 1 to closed']);
  expect(await run([])).toEqual(['nothing']);
  expect(await run([scaled])).toEqual(['reopen', 'update 1 to open']);
});

test('an acceptance that runs out is something new', async () => {
  await run([gone, scaled], [accept(scaled)]);
  byPerson('closed');
  expect(await run([gone, scaled], [accept(scaled)])).toEqual(['nothing']);
  expect(await run([gone, scaled], [accept(scaled, { until: '2026-11-20' })])).toEqual([
    'reopen',
    'comment 1',
    'update 1 to open',
  ]);
});

test('what a person writes into the text is left until there is something to say', async () => {
  await run([scaled]);
  const issue = issues.all[0] as Issue;
  issues.all[0] = { ...issue, title: 'see chat', body: issue.body.replace('`5`', 'five').replaceAll('\n', '\r\n') };
  expect(await run([scaled])).toEqual(['nothing']);
  await run([scaled, gone]);
  expect(issues.all[0]).toMatchObject({ title: 'Drift on prod-eu', body: expect.stringContaining('`5`') });
});

test('of two issues with the marker the oldest counts', async () => {
  await run([scaled]);
  issues.all.push({ ...(issues.all[0] as Issue), number: 2 });
  expect(await run([gone])).toEqual(['update', 'comment 1', 'update 1 to open']);
});

test('an issue that quotes the marker of another is not it', async () => {
  const hostile = difference({ cluster: 'dev', live: `${markerOf('prod-eu')}"content":"x"} -->` });
  const ledger = ledgerOf([hostile, scaled]);
  await trackDrift(issues, ledger, fails(ledger));
  expect(issues.all.map(({ title }) => title)).toEqual(['Drift on dev', 'Drift on prod-eu']);
  expect(await run([hostile, scaled])).toEqual(['nothing']);
});

test.each([true, false])('an answer is lost, with the deed done (%s): it is done once', async (done) => {
  issues.lose(done);
  await run([scaled]);
  expect(issues.all).toHaveLength(1);
  issues.lose(done);
  await run([scaled, gone]);
  issues.lose(false);
  issues.lose(done);
  expect(issues.comments.size).toBe(1);
  await run([]);
  expect(issues.all).toMatchObject([{ state: 'closed' }]);
  expect(await run([])).toEqual(['nothing']);
});

test('a host that goes on losing answers is given up', async () => {
  for (let time = 0; time < 3; time += 1) issues.lose(false);
  await expect(run([scaled])).rejects.toThrow('the answer was lost');
});

test('a ledger of any size fits, and is told as changed where the change does not', async () => {
  const many = Array.from({ length: 3000 }, (_, index) => missing(`service-${index}`));
  await run(many);
  expect(issues.all[0]?.body.length).toBeLessThanOrEqual(65_536);
  expect(await run(many)).toEqual(['nothing']);
  byPerson('closed');
  expect(await run(many)).toEqual(['nothing']);
  expect(await run([...many, missing('zz')])).toEqual(['reopen', 'update 1 to open']);
  expect(await run([])).toEqual(['close', 'update 1 to closed']);
});
