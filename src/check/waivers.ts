import type { Report } from '../diagnostics/diagnostic.ts';
import type { Waivers } from '../language/waiver.ts';
import { placeOf } from '../model/origin.ts';
import { type Place, placeAt } from '../model/source-file.ts';
import { childOf, isTrackedList, isTrackedMap, itemsOf, type Tracked } from '../model/tracked.ts';

/** What somebody says is no secret, though it looks like one. */
export interface Waiver {
  readonly at: string;
  /** Where it is said. */
  readonly place: Place | undefined;
  /** The stretches that it speaks of; none when it leads nowhere. */
  readonly covers: readonly Place[];
  /** It speaks of an expression, so what it waives may come about in another environment. */
  readonly computed: boolean;
}

/** A document, or an entry of one, in which `at` may lead to a field. */
export interface Target {
  readonly tree?: Tracked | undefined;
  /** Whole files by the name that a waiver gives them. */
  readonly files?: ReadonlyMap<string, Place>;
}

export function readWaivers(written: Tracked<Waivers> | undefined, targets: (at: string) => readonly Target[]): Waiver[] {
  return itemsOf(written).map((item) => {
    const { at } = item.value as unknown as { at: Tracked<string> };
    const covers: Place[] = [];
    let computed = false;
    for (const { tree, files } of targets(at.value)) {
      const file = files?.get(at.value);
      if (file !== undefined) covers.push(file);
      const node = tree === undefined ? undefined : nodeAt(tree, at.value);
      const place = node === undefined ? undefined : stretchOf(node);
      if (place === undefined) continue;
      covers.push(place);
      computed ||= place.file.text.slice(place.start, place.end).includes('${');
    }
    return { at: at.value, place: placeOf(at.origin), covers, computed };
  });
}

export function covers(waiver: Waiver, place: Place): boolean {
  return waiver.covers.some(
    (stretch) => stretch.file.path === place.file.path && stretch.start <= place.start && place.end <= stretch.end,
  );
}

export function reportDangling(waivers: readonly Waiver[], report: Report): void {
  for (const { at, place, covers } of waivers) {
    if (covers.length > 0 || place === undefined) continue;
    report({
      code: 'unknown-reference',
      severity: 'error',
      message: `there is no \`${at}\` that this waiver could speak of`,
      place,
      hint: 'write the path of the field as it stands in the document, without `spec.`, such as components.web.env.KIND or files/app.conf',
    });
  }
}

export function reportUnused({ at, place }: Waiver, report: Report): void {
  if (place === undefined) return;
  report({
    code: 'unused-waiver',
    severity: 'warning',
    message: `nothing at \`${at}\` looks like a secret`,
    place,
    hint: 'take the waiver out, so that it does not cover what comes to stand there later',
  });
}

/** `components.web.env.LOG_LEVEL`, `config.app.app.properties`, `systems.shop.patches[0].json[1].value`: names may have dots. */
function nodeAt(tree: Tracked, at: string): Tracked | undefined {
  if (at === '') return tree;
  if (isTrackedList(tree)) {
    const [whole, index] = /^\[?([0-9]+)\]?\.?/.exec(at) ?? [];
    const item = index === undefined ? undefined : tree.value[Number(index)];
    return whole === undefined || item === undefined ? undefined : nodeAt(item, at.slice(whole.length));
  }
  if (!isTrackedMap(tree)) return undefined;
  for (const key of Object.keys(tree.value)) {
    if (!at.startsWith(key)) continue;
    const rest = at.slice(key.length);
    if (rest !== '' && rest[0] !== '.' && rest[0] !== '[') continue;
    const node = nodeAt(childOf(tree, key) as Tracked, rest.replace(/^\./, ''));
    if (node !== undefined) return node;
  }
  return undefined;
}

/** A field with its key. */
function stretchOf({ origin }: Tracked): Place | undefined {
  if (origin.kind !== 'spec') return undefined;
  const { place, key } = origin;
  return key?.file === place.file && key.start < place.start ? placeAt(place.file, key.start, place.end) : place;
}
