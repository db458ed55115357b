import { maskedLine } from '../diagnostics/hide-secrets.ts';
import { copyJson } from '../model/copy-json.ts';
import { type Beaten, type Origin, shownPlace } from '../model/origin.ts';
import { lineAndColumn, type Place, type SourceFile } from '../model/source-file.ts';
import { type Tracked, untrack } from '../model/tracked.ts';
import type { BeatenRecord, Json, OriginRecord } from './report.ts';

/** Origins by number: most of them are those of many values. */
export interface OriginTable {
  readonly records: readonly OriginRecord[];
  readonly add: (origin: Origin) => number;
}

export function createOriginTable(): OriginTable {
  const records: OriginRecord[] = [];
  const byOrigin = new Map<Origin, number>();
  const byContent = new Map<string, number>();
  const add = (origin: Origin): number => {
    const known = byOrigin.get(origin);
    if (known !== undefined) return known;
    const record = origin.kind === 'convention' ? conventionRecord(origin, add) : specRecord(origin, add);
    const content = JSON.stringify(record);
    const number = byContent.get(content) ?? records.push(record) - 1;
    byContent.set(content, number);
    byOrigin.set(origin, number);
    return number;
  };
  return { records, add };
}

type Add = OriginTable['add'];

function conventionRecord({ because, beat }: Extract<Origin, { kind: 'convention' }>, add: Add): OriginRecord {
  return { kind: 'convention', because, beat: beatenRecords(beat, add) };
}

function specRecord(origin: Extract<Origin, { kind: 'spec' }>, add: Add): OriginRecord {
  const place = shownPlace(origin);
  return {
    kind: 'spec',
    layer: origin.layer,
    file: place.file.path,
    ...lineAndColumn(place.file, place.start),
    text: shownLine(place),
    expression: origin.expression?.slice(0, longest) ?? null,
    from: [...new Set((origin.from ?? []).map(add))],
    beat: beatenRecords(origin.beat, add),
  };
}

function beatenRecords(beat: readonly Beaten[] = [], add: Add): BeatenRecord[] {
  return beat.map(({ value, origin }) => ({
    value: copyJson(untrack({ value, origin } as Tracked)) as Json,
    origin: add(origin.beat === undefined ? origin : { ...origin, beat: [] }),
  }));
}

const longest = 300;
const shown = new WeakMap<SourceFile, Map<number, string>>();

/** The line of a place as it may be shown; the same few lines are the origin of nearly everything. */
function shownLine(place: Place): string {
  const { line } = lineAndColumn(place.file, place.start);
  const lines = shown.get(place.file) ?? new Map<number, string>();
  shown.set(place.file, lines);
  const text = lines.get(line) ?? maskedLine(place, false, []).text.trim().slice(0, longest);
  lines.set(line, text);
  return text;
}
