import { isReference } from './could-be-secret.ts';
import type { Finding } from './finding.ts';

const literal = /^\s*-\s*(["']?)([\w.-]+)=(.*?)\1\s*$/d;
const entry = /^\s+(["']?)([\w.-]+)\1\s*:\s*(["']?)(.+?)\3\s*$/d;

/** In manifests and kustomizations that a file holds: the data of a Secret, and literals that become one. */
export function findManifestSecrets(text: string): Finding[] {
  const generator = /^secretGenerator\s*:/m.test(text);
  if (!generator && !/^kind\s*:\s*["']?Secret["']?\s*$/m.test(text)) return [];
  const found: Finding[] = [];
  let start = 0;
  let inside: 'data' | 'generator' | undefined;
  let secret = false;
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (index === 0 || /^---/.test(line)) secret = isSecret(lines, index);
    if (/^[A-Za-z]/.test(line)) {
      if (/^secretGenerator\s*:/.test(line)) inside = 'generator';
      else inside = secret && /^(?:data|stringData)\s*:/.test(line) ? 'data' : undefined;
    } else if (inside !== undefined) {
      const match = (inside === 'generator' ? literal : entry).exec(line);
      const [from, to] = match?.indices?.[inside === 'generator' ? 3 : 4] ?? [0, 0];
      const value = line.slice(from, to);
      if (value.trim() !== '' && !isReference(value) && !/^[|>][-+]?$/.test(value))
        found.push({ kind: 'named', what: manifestReasons[inside], start: start + from, end: start + to });
    }
    start += line.length + 1;
  }
  return found;
}

export const manifestReasons = {
  data: 'this is the data of a Secret',
  generator: 'this is a literal of a secretGenerator',
};

function isSecret(lines: readonly string[], from: number): boolean {
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index] as string;
    if (index > from && line.startsWith('---')) return false;
    if (/^kind\s*:\s*["']?Secret["']?\s*$/.test(line)) return true;
  }
  return false;
}
