import {
  boolCoreTag,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml';

const core = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag];
/** What all numbers, truth values and nulls start with; nothing at all is null. */
const mayBeMore = /^(?:[-+.~\d]|[ntfNTF]|$)/;

/** A scalar without a tag, as YAML 1.2 reads it. */
export function scalarValue(text: string, event: ScalarEvent): unknown {
  const written = event.fast ? text.slice(event.valueStart, event.valueEnd) : getScalarValue(text, event);
  if (event.style !== SCALAR_STYLE.PLAIN || !mayBeMore.test(written)) return written;
  for (const tag of core) {
    const value = tag.resolve(written, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return written;
}
