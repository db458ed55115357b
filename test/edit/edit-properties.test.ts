import fc from 'fast-check';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { isCollection, isScalar } from 'yaml';
import { editYaml } from '../../src/edit/edit-yaml.ts';
import type { YamlEdit } from '../../src/edit/yaml-edit.ts';
import { settings } from '../support/fast-check-settings.ts';
import { arbitraryDocument } from './arbitrary-document.ts';
import { commentsOf, get, type Path, parse, pathsOf, touchedBy } from './read-document.ts';

const scalar = fc.oneof(
  fc.constantFrom<unknown>(
    'a',
    'two words',
    '2.10',
    'no',
    '',
    'x: y',
    'a # b',
    'p,q',
    '[z',
    "it's",
    '"q"',
    'größe',
    'a\tb',
    '---',
    '*x',
    '12:30',
    '0o7',
  ),
  fc.constantFrom<unknown>('one\ntwo\n', 'one\n\n  two', '\nx', ' x\ny', 'x\n\n', 'a\r\nb', '# no comment\nx\n'),
  fc.constantFrom<unknown>(0, 1, -3, 2.5, 1e21, true, false, null),
  fc.string({ unit: fc.constantFrom(...'ab \n:#\'"-,[]{}&*!|>%@`?\\') }),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constantFrom<unknown>({}, []) },
  {
    weight: 1,
    arbitrary: fc.dictionary(
      fc.constantFrom('new', 'yes', '0', 'a b', 'x: y', 'p,q'),
      fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), fc.dictionary(fc.constantFrom('m', 'n'), scalar, { maxKeys: 2 })),
      { maxKeys: 3 },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.oneof(scalar, fc.dictionary(fc.constantFrom('m', 'n'), scalar, { maxKeys: 2 }), fc.array(scalar, { maxLength: 2 })),
      { maxLength: 3 },
    ),
  },
);

type Wish = { readonly kind: 'set' | 'add' | 'remove'; readonly where: number; readonly value: unknown };
const wish: fc.Arbitrary<Wish> = fc.record({ kind: fc.constantFrom('set', 'add', 'remove'), where: fc.noBias(fc.nat()), value });

/** A wish at one of the places that a document has. */
function editOf(plain: unknown, { kind, where, value }: Wish): YamlEdit {
  const paths = pathsOf(plain);
  if (kind === 'add' || paths.length === 1) {
    const parents = paths.filter((path) => typeof (get(plain, path) ?? {}) === 'object');
    const parent = parents[where % parents.length] as Path;
    const holder = get(plain, parent);
    return { path: [...parent, Array.isArray(holder) ? holder.length : `added ${where % 3}`], value };
  }
  const path = paths[(where % (paths.length - 1)) + 1] as Path;
  return kind === 'set' ? { path, value } : { path, remove: true };
}

/** What the edit means, said once more and in another way than the code does. */
function intended(plain: unknown, edit: YamlEdit): unknown {
  const copy = JSON.parse(JSON.stringify({ root: plain }));
  const path: Path = ['root', ...edit.path];
  let holder = copy;
  for (const part of path.slice(0, -1)) {
    holder[part] ??= {};
    holder = holder[part];
  }
  const last = path.at(-1) as string | number;
  if ('value' in edit) holder[last] = edit.value;
  else if (Array.isArray(holder)) holder.splice(last as number, 1);
  else delete holder[last];
  return copy.root;
}

/** An empty list tells of too many problems as well as too few. */
function countEdited(
  runs: number,
  holds: (text: string, edit: YamlEdit, edited: string, plain: unknown) => void,
  kinds?: readonly string[],
): void {
  let edited = 0;
  let all = 0;
  fc.assert(
    fc.property(arbitraryDocument, wish, ({ text }, one) => {
      if (kinds !== undefined && !kinds.includes(one.kind)) return;
      const plain = parse(text);
      const edit = editOf(plain, one);
      const result = editYaml(text, [edit]);
      all += 1;
      if ('problem' in result) {
        expect(result.problem).toMatch(/^line \d+: .*(alias|&a\d+|<<|cannot be changed without)/);
        return;
      }
      edited += 1;
      try {
        holds(text, edit, result.text, plain);
      } catch (error) {
        throw new Error(`${JSON.stringify(edit)}\n${text}\n---- became\n${result.text}`, { cause: error });
      }
    }),
    settings(runs),
  );
  expect(edited / all).toBeGreaterThan(0.8);
}

test('the result says what is meant, or there is none', () => {
  countEdited(500, (_text, edit, edited, plain) => expect(parse(edited)).toEqual(intended(plain, edit)));
});

test('what is new is read the same way by readers of YAML 1.1', () => {
  countEdited(
    1_000,
    (text, edit, edited, plain) => {
      const old = get(plain, edit.path);
      if (!('value' in edit) || typeof old === 'object' || old === edit.value || /%YAML|!!/.test(text)) return;
      // They read `yes` and `0o1` otherwise, so that only what is new can be asked for.
      expect(get(load(edited.replace(/^\uFEFF/, '')), edit.path)).toEqual(edit.value);
    },
    ['set', 'add'],
  );
});

test('nothing changes before and behind what an edit is about', () => {
  countEdited(500, (text, edit, edited, plain) => {
    const old = get(plain, edit.path);
    const holder = get(plain, edit.path.slice(0, -1));
    const fills = typeof holder === 'object' && holder !== null && Object.keys(holder).length > 0;
    const empties = 'remove' in edit && typeof holder === 'object' && holder !== null && Object.keys(holder).length === 1;
    const isNew = old === undefined && touchedBy(text, edit.path, false) === undefined;
    const path = (isNew && !fills) || empties ? edit.path.slice(0, -1) : edit.path;
    const around = isNew && fills ? touchedBy(text, edit.path.slice(0, -1), false) : undefined;
    // What is added to a map of several lines takes nothing from it.
    const touched =
      around ?? touchedBy(text, path, 'remove' in edit && !empties) ?? touchedBy(text, edit.path.slice(0, -1), false);
    const { start, end } = touched ?? { start: 0, end: text.length };
    const rest = text.slice(end);
    const before = text.slice(0, start);
    // Where the last line had no line break, the one that becomes the last has none.
    expect(edited).toSatisfy((all: string) => all.startsWith(rest === '' && !endsInBreak(text) ? before.trimEnd() : before));
    expect(rest === '' || edited.endsWith(rest)).toBe(true);
    expect(edited.length).toBeGreaterThanOrEqual(before.trimEnd().length + rest.length);
    // A blank line above the last one comes to the end with the removal of that.
    expect(endsInBreak(edited)).toBe(
      endsInBreak(text) || (rest === '' && /\n\r?\n$/.test(before) && edited.length < before.length),
    );
    expect(edited.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
    if (/^[^\n]*\r\n/.test(text)) expect(edited).not.toMatch(/[^\r]\n/);
    else expect(edited).not.toContain('\r');
  });
});

test('a single value in place of another one touches no byte around it', () => {
  countEdited(
    3_000,
    (text, edit, edited) => {
      const touched = touchedBy(text, edit.path, false);
      const isBlock = isScalar(touched?.node) && String(touched.node.type).startsWith('BLOCK');
      if (!('value' in edit) || touched === undefined || !isScalar(touched.node) || isBlock || typeof edit.value === 'object')
        return;
      if (String(edit.value).includes('\n')) return;
      const end = touched.node.range?.[1] ?? 0;
      expect(edited.slice(0, touched.start)).toBe(text.slice(0, touched.start));
      expect(edited.endsWith(text.slice(end))).toBe(true);
    },
    ['set'],
  );
});

test('comments survive, except those of what is removed', () => {
  countEdited(500, (text, edit, edited, plain) => {
    const left = commentsOf(edited);
    const lost = commentsOf(text).filter((comment) => {
      const at = left.indexOf(comment);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    expect(left).toEqual([]);
    const touched = touchedBy(text, edit.path, false);
    const takes = 'remove' in edit || isCollection(touched?.node);
    if (!takes) expect(lost).toEqual([]);
    const names = numberedKeys(parse(edited));
    for (const comment of lost) {
      const about = comment.match(/^# (?:about|behind) (\d+)/)?.[1];
      if (about !== undefined && numberedKeys(plain).has(about)) expect(names).not.toContain(about);
    }
  });
});

test('an edit that sets what is there changes no byte', () => {
  fc.assert(
    fc.property(arbitraryDocument, ({ text }) => {
      const plain = parse(text);
      const paths = pathsOf(plain).filter((path) => 'text' in editYaml(text, [{ path, value: get(plain, path) }]));
      for (const path of paths) expect(editYaml(text, [{ path, value: get(plain, path) }])).toEqual({ text });
      expect(editYaml(text, [{ path: [], value: plain }])).toEqual({ text });
    }),
    settings(80),
  );
});

test('what is added and removed again leaves no trace', () => {
  countEdited(
    2_000,
    (text, edit, edited, plain) => {
      const holder = get(plain, edit.path.slice(0, -1));
      if (typeof holder !== 'object' || holder === null || Object.keys(holder).length === 0) return;
      expect(editYaml(edited, [{ path: edit.path, remove: true }])).toEqual({ text });
    },
    ['add'],
  );
});

test('a value set to another one and back is written as it was, where its style says all of it', () => {
  countEdited(
    3_000,
    (text, edit, edited, plain) => {
      const touched = touchedBy(text, edit.path, false);
      const written = text.slice(touched?.node?.range?.[0], touched?.node?.range?.[1]);
      const between = touchedBy(edited, edit.path, false);
      if (!isScalar(touched?.node) || !isScalar(between?.node) || touched.node.type !== between.node.type) return;
      // These are written in a way of their own, and `null` may be written by nothing at all.
      if (/^(0x1f|1e3|~|yes||null)$|\n|u00e4/.test(written) || touched.node.tag !== undefined) return;
      expect(editYaml(edited, [{ path: edit.path, value: get(plain, edit.path) }])).toEqual({ text });
    },
    ['set'],
  );
});

test('several edits are made one after the other, or none is', () => {
  fc.assert(
    fc.property(arbitraryDocument, fc.array(wish, { maxLength: 6 }), ({ text }, wishes) => {
      let plain = parse(text);
      const edits = wishes.map((one) => {
        const edit = editOf(plain, one);
        plain = intended(plain, edit);
        return edit;
      });
      const result = editYaml(text, edits);
      if ('text' in result) expect(parse(result.text)).toEqual(plain);
    }),
    settings(300),
  );
});

test('a whole document as the value is written in its own words', () => {
  fc.assert(
    fc.property(arbitraryDocument, arbitraryDocument, (before, after) => {
      const result = editYaml(before.text, [{ path: [], value: parse(after.text) }]);
      if ('text' in result) expect(parse(result.text)).toEqual(parse(after.text));
    }),
    settings(150),
  );
});

function endsInBreak(text: string): boolean {
  return text.endsWith('\n');
}

/** Items of lists have numbers too, which no key shows. */
function numberedKeys(plain: unknown): Set<string | undefined> {
  const keys = pathsOf(plain).map((path) => path.at(-1));
  return new Set(keys.flatMap((key) => (typeof key === 'string' && !key.startsWith('added') ? [key.match(/\d+/)?.[0]] : [])));
}
