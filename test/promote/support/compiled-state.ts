import { schemas } from '../../../src/build-facts.ts';
import { hasErrors } from '../../../src/diagnostics/diagnostic.ts';
import type { RenderedFleet } from '../../../src/plan/render-fleet.ts';
import { readHeader } from '../../../src/print/header.ts';
import { renderDescription } from '../../../src/promote/change-fleet.ts';
import { type Description, readDescription } from '../../../src/promote/description.ts';
import { isInput } from '../../../src/publish/assign-files.ts';
import { asBytes } from '../../support/fleet-files.ts';

type Texts = ReadonlyMap<string, string>;

/** What the files of a commit say, and where its generated files say something else. */
export interface CompiledState {
  /** Undefined where it cannot be read or has errors. */
  readonly description: Description | undefined;
  readonly rendered: RenderedFleet | undefined;
  readonly outputs: Texts;
  /** Paths of generated files that are not what compiling the inputs gives. */
  readonly stale: readonly string[];
}

let last: RenderedFleet | undefined;
const known = new WeakMap<Texts, CompiledState>();

/** Compiled once for each commit; what follows from the same inputs as in the one before is taken from there. */
export function compiledState(files: Texts): CompiledState {
  const found = known.get(files) ?? compileTexts(files);
  known.set(files, found);
  return found;
}

function compileTexts(files: Texts): CompiledState {
  const inputs = asBytes(new Map([...files].filter(([path]) => isInput(path))));
  const description = readDescription(inputs);
  const none = { description: undefined, rendered: undefined, outputs: new Map(), stale: [] };
  if ('problems' in description) return none;
  const rendered = renderDescription('watched', inputs, { schemas, compiler: 'watched' }, last);
  if (hasErrors(rendered.diagnostics)) return none;
  last = rendered;
  const outputs = new Map([...rendered.units.values()].flatMap(({ contents }) => [...(contents ?? [])]));
  const paths = [...new Set([...outputs.keys(), ...files.keys()])];
  const stale = paths.filter((path) => {
    if (isInput(path)) return false;
    const wanted = outputs.get(path);
    return wanted === undefined ? readHeader(files.get(path) ?? '') !== undefined : wanted !== files.get(path);
  });
  return { description, rendered, outputs, stale };
}
