import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settleCommands } from '../../src/page/drift/settle-commands.ts';
import { settings } from '../support/fast-check-settings.ts';
import { driftEntry } from './drift-entry.ts';

const at = '2026-11-21T06:00:00Z';
const purposes = (changes: Parameters<typeof driftEntry>[0]) =>
  settleCommands(driftEntry(changes), at).map(({ command }) => /accept|--absorb|--revert/.exec(command)?.[0]);

test('a changed field can be accepted, declared or put back', () => {
  expect(settleCommands(driftEntry(), at).map(({ command }) => command)).toEqual([
    "stowage drift accept 'cluster:prod-eu/fluss/StatefulSet/tablet-server#spec.replicas' --cluster prod-eu --reason '<why it may stay>' --owner '<who answers for it>' --until 2026-12-21",
    "stowage drift --cluster prod-eu --absorb 'cluster:prod-eu/fluss/StatefulSet/tablet-server#spec.replicas'",
    "stowage drift --cluster prod-eu --revert 'cluster:prod-eu/fluss/StatefulSet/tablet-server#spec.replicas'",
  ]);
});

test('what was accepted before is accepted for longer, for the same reason', () => {
  const accepted = { reason: "it's a load test", owner: 'ana', until: '2026-11-01' };
  const [first] = settleCommands(driftEntry({ standing: 'expired', accepted }), at);
  expect(first?.command).toContain(`--reason 'it'\\''s a load test' --owner ana --until 2026-12-21`);
});

test.each([
  ['an object that is gone', { what: 'missing', field: null }, ['accept', '--revert']],
  ['an object that nothing declares', { what: 'foreign', field: null }, ['accept', '--revert']],
  ['a secret', { what: 'overwritten', concealed: true, object: 'Secret/store' }, ['accept', '--revert']],
  ['an Application that is stuck', { what: 'stuck' }, ['accept']],
  ['what belongs to no system', { overlay: null }, ['accept', '--revert']],
  ['an edit of the repository', { between: 'repository', what: 'unpublished' }, ['accept', '--revert']],
  ['what environments have otherwise', { between: 'environments', what: 'differs' }, ['accept']],
])('%s is not offered what would be refused', (_, changes, expected) => {
  expect(purposes(changes)).toEqual(expected);
});

test('a shell takes an id as the one word that it is, whatever is in it', () => {
  const id = fc.string({
    unit: fc.constantFrom('a', "'", '"', '$', '`', ' ', ';', '\\', '*', '#', '!'),
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(id, (odd) => {
      const command = settleCommands(driftEntry({ id: odd, what: 'stuck' }), at)[0]?.command ?? '';
      const words = execFileSync('sh', ['-c', `set -f; stowage() { printf '%s\\n' "$@"; }; ${command}`], { encoding: 'utf8' });
      expect(words.split('\n')[2]).toBe(odd);
    }),
    settings(40),
  );
});

test('nothing is offered to paste that a terminal may take for something else', () => {
  for (const odd of ['a\nreboot', 'a\u001b[201~', 'a\u202eb', 'a\u200bb']) {
    expect(settleCommands(driftEntry({ id: odd }), at)).toEqual([]);
    const accepted = { reason: odd, owner: odd, until: '2026-11-01' };
    expect(settleCommands(driftEntry({ accepted }), at)[0]?.command).toContain("'<why it may stay>'");
  }
});
