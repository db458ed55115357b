import { editYaml } from '../../../src/edit/edit-yaml.ts';
import type { YamlEdit } from '../../../src/edit/yaml-edit.ts';
import { compiledState } from './compiled-state.ts';
import type { HandEdit } from './step.ts';

type Texts = ReadonlyMap<string, string>;

/** The changes that a person makes, or undefined where there is nothing to change. */
export function editByHand(files: Texts, { kind, system, environment, value }: HandEdit): Map<string, string> | undefined {
  const where = kind === 'carry' ? 'dev' : environment;
  const path = kind === 'head' ? `systems/${system}/system.yaml` : `clusters/${where}/${where}.yaml`;
  const text = files.get(path) as string;
  const entry = ['spec', 'systems', system];
  const set = (...edits: YamlEdit[]) => {
    const edited = editYaml(text, edits);
    if ('problem' in edited) throw new Error(edited.problem);
    return edited.text;
  };
  const changed = {
    local: () => set({ path: [...entry, 'components', 'web', 'replicas'], value }),
    carry: () => set({ path: [...entry, 'parameters', 'epochs'], value }),
    hold: () =>
      value % 2 === 0
        ? set({ path: [...entry, 'parameters', 'mode'], value: `mode-${value}` })
        : set({ path: [...entry, 'components', 'web', 'env', 'LEVEL'], value: `level-${value}` }),
    comment: () => text.replace(/^( *)systems:(\r?\n)/m, `$1# A thought: ${value}$2$&`),
    head: () => text.replace(/cpu: \d+m, memory: 64Mi/, `cpu: ${50 + value}m, memory: 64Mi`),
    broken: () => `${text}nonsense: true\n`,
  }[kind]();
  return changed === text ? undefined : new Map([[path, changed]]);
}

/** All that compiling changes, with what it is made from. */
export function compiledChanges(files: Texts, changes: Texts): Map<string, string | undefined> {
  const after = new Map([...files, ...changes]);
  const { description, outputs, stale } = compiledState(after);
  if (description === undefined) return new Map(changes);
  return new Map([...changes, ...stale.map((path) => [path, outputs.get(path)] as const)]);
}

/** Without what makes it unreadable. */
export function withoutNonsense(files: Texts): Map<string, string> {
  const broken = [...files].filter(([path, text]) => path.startsWith('clusters/') && text.includes('nonsense: true\n'));
  return new Map(broken.map(([path, text]) => [path, text.replaceAll('nonsense: true\n', '')]));
}
