import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  type MappingEvent,
  parseEvents,
  type ScalarEvent,
  type SequenceEvent,
  YAMLException,
} from 'js-yaml';
import { type Place, placeAt, type SourceFile } from '../model/source-file.ts';
import { BareMap, type Tracked, type TrackedMap } from '../model/tracked.ts';
import { endOfFlow, stretchOfMissingItem, stretchOfMissingValue, stretchOfScalar } from './event-places.ts';
import { limits } from './limits.ts';
import { reservedKeys } from './reserved-keys.ts';
import { scalarValue } from './scalar-value.ts';
import { uncarriedCharacter } from './uncarried-character.ts';

/**
 * The tree of a text that is one map in which all is plain and right; undefined for any other, which is then to be read
 * closely. Nearly every description is plain, and this takes a seventh of the time.
 */
export function readPlainly(file: SourceFile, layer: string): Tracked | undefined {
  const events = eventsOf(file.text);
  return events?.[0]?.type === EVENT_ID.MAPPING && events.every(isPlain) ? treeOf(file, events, layer) : undefined;
}

const loneCarriageReturn = /\r(?!\n)/;

/** Of a document that begins without directives; a line break that only YAML knows has been put there by no editor. */
function eventsOf(text: string): readonly Event[] | undefined {
  if (loneCarriageReturn.test(text)) return undefined;
  try {
    const [document, ...events] = parseEvents(text, { maxDepth: limits.depth });
    return document?.type === EVENT_ID.DOCUMENT && document.directives.length === 0 && events.length < limits.nodes
      ? events
      : undefined;
  } catch (error) {
    if (error instanceof YAMLException || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** No further document, no alias, and nothing that bears an anchor or a tag. */
function isPlain(event: Event): boolean {
  if (event.type === EVENT_ID.POP) return true;
  return event.type !== EVENT_ID.DOCUMENT && event.type !== EVENT_ID.ALIAS && event.anchorStart < 0 && event.tagStart < 0;
}

function treeOf(file: SourceFile, events: readonly Event[], layer: string): Tracked | undefined {
  const { text } = file;
  let right = true;
  /** The event that is read next, and where ends what was read. */
  let [next, end] = [0, 0];

  const tracked = (value: unknown, place: Place, key: Place | undefined) =>
    ({ value, origin: key === undefined ? { kind: 'spec', layer, place } : { kind: 'spec', layer, place, key } }) as Tracked;
  const readNode = (key: Place | undefined): Tracked => {
    const event = events[next] as ScalarEvent | MappingEvent | SequenceEvent;
    next += 1;
    if (event.type !== EVENT_ID.SCALAR) return readCollection(event, key);
    const value = scalarValue(text, event);
    right &&= typeof value === 'string' ? uncarriedCharacter(value) === undefined : Number.isFinite(Number(value));
    return tracked(value, placeOfScalar(event, key), key);
  };
  const placeOfScalar = (event: ScalarEvent, key: Place | undefined): Place => {
    const { start, end: behind } = event.valueStart < 0 ? stretchOfMissing(key) : stretchOfScalar(text, event, end);
    end = behind;
    return placeAt(file, start, end);
  };
  const stretchOfMissing = (key: Place | undefined) =>
    key === undefined ? stretchOfMissingItem(text, end) : stretchOfMissingValue(text, key);
  const readCollection = ({ type, style, start }: MappingEvent | SequenceEvent, key: Place | undefined): Tracked => {
    const isFlow = style === COLLECTION_STYLE.FLOW;
    end = isFlow ? start + 1 : start;
    const value = type === EVENT_ID.MAPPING ? readMap() : readList();
    // What closes it.
    next += 1;
    if (isFlow) end = endOfFlow(text, end);
    return tracked(value, placeAt(file, start, end), key);
  };
  const readList = (): Tracked[] => {
    const items: Tracked[] = [];
    while (right && events[next]?.type !== EVENT_ID.POP) items.push(readNode(undefined));
    return items;
  };
  const readMap = (): TrackedMap => {
    const value = new BareMap();
    while (right && events[next]?.type !== EVENT_ID.POP) {
      const event = events[next] as Event;
      const name = event.type === EVENT_ID.SCALAR ? scalarValue(text, event) : undefined;
      if (typeof name !== 'string' || reservedKeys.has(name) || name in value) right = false;
      else {
        next += 1;
        const place = placeOfScalar(event as ScalarEvent, undefined);
        value[name] = readNode(place);
      }
    }
    return value;
  };
  const tree = readNode(undefined);
  return right ? tree : undefined;
}
