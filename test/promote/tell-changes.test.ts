import { expect, test } from 'vitest';
import type { CommandContext } from '../../src/commands/command-context.ts';
import { tellChanges } from '../../src/commands/tell-changes.ts';
import { plainPalette } from '../../src/diagnostics/format-diagnostic.ts';
import type { ChangeResult } from '../../src/promote/carry-out.ts';
import type { ClassifiedField } from '../../src/promote/transfer.ts';

const fields: ClassifiedField[] = [
  {
    path: ['parameters', 'epochs'],
    name: 'parameters.epochs',
    source: 2,
    target: undefined,
    class: 'hold',
    why: 'its System says `promote: hold`',
    taken: false,
  },
  {
    path: ['profiles'],
    name: 'profiles',
    source: ['dev'],
    target: ['otel'],
    class: 'local',
    why: 'each environment chooses its own profiles',
    taken: false,
  },
];
const result: ChangeResult = {
  key: 'test/shop',
  outcome: 'nothing',
  reason: 'test has all of shop that dev has, but for what is held: parameters.epochs',
  compared: { from: 'dev', to: 'test', fields },
  gates: [],
  notes: [],
};

function tell(options: Parameters<typeof tellChanges>[2]): { code: number; out: string } {
  let out = '';
  const say = (text: string) => {
    out += text;
  };
  const code = tellChanges([result], 'promote', options, { out: say, err: say, palette: plainPalette } as CommandContext);
  return { code, out };
}

const nothing = '  nothing   test/shop: test has all of shop that dev has, but for what is held: parameters.epochs\n';

test('where there is nothing to do, what is held is shown with how to take it', () => {
  const held = '  hold  parameters.epochs: test has nothing, dev 2; --include parameters.epochs takes it\n';
  expect(tell({})).toEqual({ code: 0, out: `${held}${nothing}` });
});

test('--fields shows all that differs, and why it stays', () => {
  const lines = [
    '  hold  parameters.epochs: test has nothing, dev 2 (its System says `promote: hold`)\n',
    '  local profiles: test has ["otel"], dev ["dev"] (each environment chooses its own profiles)\n',
  ];
  expect(tell({ fields: true }).out).toBe(`${lines.join('')}${nothing}`);
});

test('who asked for all, or for quiet, is not told of fields', () => {
  expect(tell({ all: true }).out).toBe(nothing);
  expect(tell({ quiet: true }).out).toBe('');
});

test('as JSON it is all there', () => {
  const { results } = JSON.parse(tell({ json: true }).out);
  const [{ compared }] = results;
  expect(compared).toMatchObject({ from: 'dev', to: 'test' });
  expect(compared.fields).toEqual([
    { name: 'parameters.epochs', class: 'hold', why: 'its System says `promote: hold`', taken: false, source: 2 },
    expect.objectContaining({ name: 'profiles', source: ['dev'], target: ['otel'] }),
  ]);
});
