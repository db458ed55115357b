import { editYaml } from '../edit/edit-yaml.ts';
import type { InputFiles } from '../model/input-files.ts';
import type { Intent } from './intent.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The description's files with the change in them; nothing of a person's text changes but what is meant. */
export function applyIntent(files: InputFiles, { edits, additions }: Pick<Intent, 'edits' | 'additions'>): InputFiles | Refusal {
  const changed = new Map([...files, ...additions]);
  for (const [path, wanted] of edits) {
    const bytes = files.get(path);
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes ?? new Uint8Array());
    const edited = editYaml(text, wanted);
    if ('problem' in edited) return refuse(`${path} cannot be edited: ${edited.problem}`, 'edit it by hand, compile and publish');
    changed.set(path, new TextEncoder().encode(edited.text));
  }
  return changed;
}
