import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { formatDiagnostic } from '../../src/diagnostics/format-diagnostic.ts';
import { sortDiagnostics } from '../../src/diagnostics/sort-diagnostics.ts';
import { placeAt } from '../../src/model/source-file.ts';
import { settings } from '../support/fast-check-settings.ts';

const file = (text: string) => ({ path: 'a.yaml', text });

function diagnostic(text: string, start: number, end: number, more: Partial<Diagnostic> = {}): Diagnostic {
  return { code: 'wrong-type', severity: 'error', message: 'no', place: placeAt(file(text), start, end), ...more };
}

test('what a masked diagnostic is about is not in its excerpt', () => {
  const text = 'first: line\ndata: { user: shop, password: hunter2 }\n';
  const at = text.indexOf('hunter2');
  expect(formatDiagnostic(diagnostic(text, at, at + 7, { masked: true }))).toBe(`a.yaml:2:31: error: no [wrong-type]
  2 | data: { user: shop, password: *** }
    |                               ^^^`);
});

test('nor in the excerpt of another on the same line, nor in another about the same text', () => {
  const text = 'data: { password: hunter2, user: shop }\n';
  const at = text.indexOf('hunter2');
  const user = text.indexOf('shop');
  const told = sortDiagnostics([
    diagnostic(text, at, at + 7, { code: 'not-sealed', masked: true }),
    diagnostic(text, at, at + 7, { message: 'here is hunter2' }),
    diagnostic(text, at - 12, at + 7, { message: 'here is password: hunter2' }),
    diagnostic(text, user, user + 4),
  ]).map((one) => formatDiagnostic(one));
  expect(told).toHaveLength(2);
  expect(told[1]).toBe(`a.yaml:1:34: error: no [wrong-type]
  1 | data: { password: ***, user: shop }
    |                              ^^^^`);
});

test('wherever it stands', () => {
  const filler = fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\n', 'é'), maxLength: 200 });
  const secret = fc.string({ unit: fc.constantFrom('S', 'E', '\n'), minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(filler, secret, filler, fc.nat(), (before, hidden, after, other) => {
      const text = before + hidden + after;
      const [start, end] = [before.length, before.length + hidden.length];
      const elsewhere = other % text.length;
      const told = sortDiagnostics([
        diagnostic(text, start, end, { masked: true }),
        diagnostic(text, elsewhere, elsewhere + 1, { code: 'missing-field' }),
      ]).map((one) => formatDiagnostic(one).split('\n').slice(1).join('\n'));
      expect(told.join('\n')).not.toMatch(/[SE]/);
    }),
    settings(1_000),
  );
});
