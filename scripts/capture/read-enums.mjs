import { shortName } from './short-name.mjs';

// The published swagger is generated with enums switched off, but the Go source it is generated from
// carries them, at a fixed indentation: five tabs for a field, seven for its own keywords.
const functionLine = /^func schema_\w*?_?([a-z0-9]+)_(v\d\w*?)_([A-Z][A-Za-z0-9]*)\(/;
const fieldLine = /^\t{5}"([^"]+)": \{$/;
const enumLine = /^(\t+)Enum: +\[\]interface\{\}(\{.*\}),$/;

/** Map from `definition field` to `{values, ofItems}`. */
export function readEnums(goSource) {
  const enums = new Map();
  let definition;
  let field;
  for (const line of goSource.split('\n')) {
    const functionMatch = functionLine.exec(line);
    if (functionMatch) definition = shortName(functionMatch.slice(1).join('.'));
    field = fieldLine.exec(line)?.[1] ?? field;
    const enumMatch = enumLine.exec(line);
    if (!enumMatch) continue;
    const [, indentation, list] = enumMatch;
    enums.set(`${definition} ${field}`, {
      values: JSON.parse(`[${list.slice(1, -1)}]`),
      ofItems: indentation.length > 7,
    });
  }
  return enums;
}
