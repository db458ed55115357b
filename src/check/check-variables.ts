import { placeOf } from '../model/origin.ts';
import { childOf, isTrackedList, type Tracked } from '../model/tracked.ts';
import type { Rule } from './rule.ts';
import { writtenProbes } from './written-probes.ts';

/** Kubernetes expands $(VAR) in env, command and args, and nowhere else: an exec probe takes it literally. */
export const checkVariables: Rule = ({ system }, report) => {
  for (const component of system.components) {
    if (component.state !== 'on') continue;
    for (const { kind, probe, owner } of writtenProbes(component)) {
      const command = childOf(probe, 'exec');
      if (!isTrackedList(command)) continue;
      for (const word of command.value) {
        const place = placeOf(word.origin);
        if (
          typeof word.value !== 'string' ||
          !/\$\([A-Za-z_][A-Za-z0-9_.-]*\)/.test(word.value) ||
          place === undefined ||
          isShellScript(command.value, word)
        )
          continue;
        report({
          code: 'unexpanded-variable',
          severity: 'error',
          message: `the ${kind} probe of ${owner} runs \`${word.value}\`, and Kubernetes does not expand $(…) there`,
          place,
          hint: 'let a shell do it: exec: [sh, -c, \'… "$VAR"\']',
        });
      }
    }
  }
};

/** In a script after `-c`, $(…) is the shell's own. */
function isShellScript(command: readonly Tracked[], word: Tracked): boolean {
  const at = command.indexOf(word);
  return at > 0 && typeof command[at - 1]?.value === 'string' && /^-[a-z]*c$/.test(String(command[at - 1]?.value));
}
