import { type FactChange, listChanges } from './fact-change.ts';
import type { LiveClass } from './live-facts.ts';

type WrittenClasses = Readonly<Record<string, { readonly default?: boolean | undefined }>>;

/** Which classes there are, and which is the default. What the API does not know of them stays as a person wrote it. */
export function classChanges(
  word: 'storageClasses' | 'ingressClasses',
  written: WrittenClasses | undefined,
  live: readonly LiveClass[],
): FactChange[] {
  const factOf = (one: LiveClass) => (one.default ? { default: true } : {});
  if (written === undefined) {
    // Said nowhere and nowhere to be had are two things: nothing is missing on a cluster that says nothing.
    if (live.length === 0) return [{ field: word, after: {}, edits: [{ path: ['spec', word], value: {} }] }];
    const all = Object.fromEntries(live.map((one) => [one.name, factOf(one)]));
    return live.map((one, index) => ({
      field: `${word}.${one.name}`,
      after: factOf(one),
      edits: index === 0 ? [{ path: ['spec', word], value: all }] : [],
    }));
  }
  const stated = (name: string) => (Object.hasOwn(written, name) ? written[name] : undefined);
  const present = live.flatMap((one): FactChange[] => {
    const path = ['spec', word, one.name];
    const before = stated(one.name);
    if (before === undefined)
      return [{ field: `${word}.${one.name}`, after: factOf(one), edits: [{ path, value: factOf(one) }] }];
    if ((before.default === true) === one.default) return [];
    const at = [...path, 'default'];
    const field = `${word}.${one.name}.default`;
    return one.default
      ? [
          {
            field,
            ...(before.default === undefined ? {} : { before: before.default }),
            after: true,
            edits: [{ path: at, value: true }],
          },
        ]
      : [{ field, before: true, edits: [{ path: at, remove: true }] }];
  });
  const gone = Object.entries(written).flatMap(([name, before]): FactChange[] =>
    live.some((one) => one.name === name)
      ? []
      : [{ field: `${word}.${name}`, before, edits: [{ path: ['spec', word, name], remove: true }] }],
  );
  return [...present, ...gone];
}

export function runtimeClassChanges(written: readonly string[] | undefined, live: readonly string[]): FactChange[] {
  const listed = written ?? [];
  return listChanges('runtimeClasses', written, [
    ...live.filter((name) => !listed.includes(name)).map((after) => ({ after })),
    ...listed.filter((name) => !live.includes(name)).map((before) => ({ before })),
  ]);
}
