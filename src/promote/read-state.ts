import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { Commit } from '../git/commit.ts';
import type { InputFiles } from '../model/input-files.ts';
import type { RenderedFleet } from '../plan/render-fleet.ts';
import { isInput } from '../publish/assign-files.ts';
import { renderDescription } from './change-fleet.ts';
import { type Description, readDescription } from './description.ts';
import type { Desk } from './desk.ts';
import type { Refusal } from './refusal.ts';

/** The fleet as the branch has it: what it says, what that means, and which files lie there. */
export interface State {
  readonly base: Commit;
  readonly description: Description;
  readonly rendered: RenderedFleet;
  /** Every file below the fleet's folder: path → blob. */
  readonly blobs: ReadonlyMap<string, string>;
}

/** Reads a commit of the branch without a checkout, and compiles it. */
export async function readState(base: Commit, { target, settings, options }: Desk): Promise<State | Refusal> {
  const prefix = settings.path === '' ? '' : `${settings.path}/`;
  const found = await target.files(base.id, (path) => path.startsWith(prefix));
  const blobs = new Map([...found].map(([path, id]) => [path.slice(prefix.length), id]));
  const inputs = [...blobs].filter(([path]) => isInput(path) && !isHidden(path));
  const texts = await target.texts(inputs.map(([, id]) => id));
  const encoder = new TextEncoder();
  const files: InputFiles = new Map(inputs.map(([path, id]) => [path, encoder.encode(texts.get(id) ?? '')]));
  const name = `commit ${base.id.slice(0, 7)}`;
  const description = readDescription(files);
  const refused = `the description on branch ${settings.branch} has errors`;
  if ('problems' in description) return { refused, diagnostics: description.problems };
  const rendered = renderDescription(name, files, options);
  if (hasErrors(rendered.diagnostics)) return { refused, diagnostics: rendered.diagnostics };
  return { base, description, rendered, blobs };
}

/** As gathering inputs from a folder leaves them out. */
function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part.endsWith('~'));
}
