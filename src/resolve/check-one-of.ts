import type { Report } from '../diagnostics/diagnostic.ts';
import { placeOf } from '../model/origin.ts';
import { childOf, lastOrigin, type Tracked } from '../model/tracked.ts';

/** Reports what says none of these words, or several of them: most often one layer says it in another way than the one below. */
export function checkOneOf(words: readonly string[], what: string, tree: Tracked, report: Report): void {
  const said = words.filter((word) => childOf(tree, word) !== undefined);
  const last = lastOrigin(tree);
  const place = placeOf(last);
  if (said.length === 1 || place === undefined) return;
  const lower = said.flatMap((word) => {
    const { origin } = childOf(tree, word) as Tracked;
    const where = placeOf(origin);
    const isLower = origin.kind === 'spec' && last.kind === 'spec' && origin.layer !== last.layer;
    return isLower && where !== undefined ? [{ word, layer: origin.layer, place: where }] : [];
  });
  const removed = lower.map(({ word }) => `\`${word}: null\``).join(' and ');
  report({
    code: 'incomplete-component',
    severity: 'error',
    message: `${what} ${said.length === 0 ? 'nothing' : said.join(' and ')}`,
    place,
    related: lower.map(({ word, layer, place }) => ({ place, message: `\`${word}\` is what ${layer} says` })),
    hint: `say exactly one of ${words.join(', ')}${removed === '' ? '' : `; ${removed} removes what a lower layer says`}`,
  });
}
