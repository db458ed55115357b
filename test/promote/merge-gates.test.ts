import { describe, expect, test } from 'vitest';
import type { CommitStatus, PersonReview } from '../../src/forge/forge.ts';
import { gateContext, mergeGates } from '../../src/promote/merge-gates.ts';

const sha = 'a'.repeat(40);
const other = 'b'.repeat(40);
const review = (by: string, state: PersonReview['state'] = 'approved', of = sha): PersonReview => ({ by, state, sha: of });
const status = (context: string, state: CommitStatus['state']): CommitStatus => ({ context, state, description: '' });
const approval = (state: 'open' | 'waiting', text: string) => [{ kind: 'approval', state, text }];
const checks = (state: 'open' | 'waiting', text: string) => [{ kind: 'status', state, text }];

describe('approvals', () => {
  const gates = (rules: Parameters<typeof mergeGates>[0], ...reviews: PersonReview[]) => mergeGates(rules, sha, reviews, []);

  test('none are needed by default', () => {
    expect(gates({})).toEqual([]);
    expect(gates({ approvals: 0, approvers: ['ann'] })).toEqual([]);
  });

  test('count for just this commit', () => {
    expect(gates({ approvals: 1 })).toEqual(approval('waiting', '0 of 1 approval'));
    expect(gates({ approvals: 1 }, review('ann', 'approved', other))).toEqual(approval('waiting', '0 of 1 approval'));
    expect(gates({ approvals: 1 }, review('ann'))).toEqual(approval('open', '1 of 1 approval'));
    expect(gates({ approvals: 2 }, review('ann'), review('bob', 'approved', other))).toEqual(
      approval('waiting', '1 of 2 approvals'),
    );
    expect(gates({ approvals: 2 }, review('ann'), review('bob'), review('eve'))).toEqual(approval('open', '3 of 2 approvals'));
  });

  test('of one person count once', () => {
    expect(gates({ approvals: 2 }, review('ann'), review('ann'))).toEqual(approval('waiting', '1 of 2 approvals'));
  });

  test('of others than the approvers do not count', () => {
    const rules = { approvals: 1, approvers: ['ann', 'bob'] };
    expect(gates(rules, review('eve'))).toEqual(approval('waiting', '0 of 1 approval of ann, bob'));
    expect(gates(rules, review('eve'), review('bob'))).toEqual(approval('open', '1 of 1 approval of ann, bob'));
  });

  test('do not help against who asked for changes, whatever the commit and whether approvals are needed', () => {
    const against = approval('waiting', 'bob asked for changes');
    expect(gates({ approvals: 1 }, review('ann'), review('bob', 'changes-requested'))).toEqual(against);
    expect(gates({ approvals: 1 }, review('ann'), review('bob', 'changes-requested', other))).toEqual(against);
    expect(gates({}, review('bob', 'changes-requested'))).toEqual(against);
    expect(gates({ approvals: 1, approvers: ['ann'] }, review('ann'), review('bob', 'changes-requested'))).toEqual(
      approval('open', '1 of 1 approval of ann'),
    );
  });
});

describe('statuses', () => {
  const gates = (wanted: readonly string[] | undefined, ...statuses: CommitStatus[]) =>
    mergeGates(wanted === undefined ? {} : { statuses: [...wanted] }, sha, [], statuses);

  test('that nobody asked for hold nothing back while they do not fail', () => {
    expect(gates(undefined)).toEqual([]);
    expect(gates(undefined, status('build', 'pending'), status('lint', 'success'))).toEqual([]);
  });

  test.each(['failure', 'error'] as const)('that say %s hold it back, asked for or not', (state) => {
    expect(gates(undefined, status('build', state))).toEqual(checks('waiting', 'failed: build'));
    expect(gates(['lint'], status('lint', 'success'), status('build', state))).toEqual(checks('waiting', 'failed: build'));
  });

  test('that are asked for must be there and green', () => {
    expect(gates(['build', 'lint'])).toEqual(checks('waiting', 'not green yet: build, lint'));
    expect(gates(['build', 'lint'], status('build', 'success'), status('lint', 'pending'))).toEqual(
      checks('waiting', 'not green yet: lint'),
    );
    expect(gates(['build', 'lint'], status('build', 'success'), status('lint', 'success'))).toEqual(
      checks('open', 'green: build, lint'),
    );
  });

  test.each(['pending', 'failure', 'error', 'success'] as const)('of our own never count: %s', (state) => {
    expect(gates(undefined, status(gateContext, state))).toEqual([]);
    expect(gates(['build'], status('build', 'success'), status(gateContext, state))).toEqual(checks('open', 'green: build'));
    expect(gates([gateContext], status(gateContext, state))).toEqual(checks('waiting', `not green yet: ${gateContext}`));
  });
});

test('approvals come first, and both must be open', () => {
  const rules = { approvals: 1, statuses: ['build'] };
  expect(
    mergeGates(rules, sha, [review('ann')], [status('build', 'pending')]).map(({ kind, state }) => `${kind} ${state}`),
  ).toEqual(['approval open', 'status waiting']);
});
