import { describe, expect, test } from 'vitest';
import { parseTemplate } from '../../src/resolve/parse-template.ts';

const text = (value: string) => ({ kind: 'text', text: value });
const expression = (source: string, start: number) => ({ kind: 'expression', source, start });

describe('a template', () => {
  test.each([
    ['', [text('')]],
    ['plain $HOME $(VAR) {}', [text('plain $HOME $(VAR) {}')]],
    ['${a}', [expression('a', 2)]],
    ['${a}${b}', [expression('a', 2), expression('b', 6)]],
    ['x${ a }y', [text('x'), expression(' a ', 3), text('y')]],
    ['$${a}', [text('${a}')]],
    ['$$${a}', [text('$${a}')]],
    ['cost: $5 ${a}', [text('cost: $5 '), expression('a', 11)]],
    ['${{"k": {}}}', [expression('{"k": {}}', 2)]],
    ['${"}"}', [expression('"}"', 2)]],
    [`\${'\\'}'}`, [expression(`'\\'}'`, 2)]],
    ['${"\\\\"}}', [expression('"\\\\"', 2), text('}')]],
  ])('%s', (source, parts) => {
    expect(parseTemplate(source)).toEqual({ parts });
  });

  test.each([
    ['${a', 0],
    ['x ${a} ${', 7],
    ['${"}', 0],
    ['${{}', 0],
  ])('%s is never closed', (source, unclosedAt) => {
    expect(parseTemplate(source)).toEqual({ unclosedAt });
  });
});
