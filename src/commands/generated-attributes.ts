import { existsSync, readFileSync } from 'node:fs';
import { generatedRoots } from '../model/output-paths.ts';
import { Failure } from '../store/fail.ts';

export const attributesFile = '.gitattributes';

const lines = generatedRoots.map((root) => `${root}/** text eol=lf linguist-generated merge=stowage`);

/** What git is told of generated files: their bytes are proven, reviews fold them, and merges leave them to Stowage. */
export const attributes = `* text=auto eol=lf

# Compiled: \`stowage init --merge-driver\` tells this clone what merge=stowage means
${lines.join('\n')}
`;

/** Whether the file has to be made; one that a person wrote is theirs to change. */
export function needsAttributes(path: string): boolean {
  if (!existsSync(path)) return true;
  const present = readFileSync(path, 'utf8').split(/\r?\n/);
  const missing = lines.filter((_, index) => !present.some((line) => namesDriver(line, generatedRoots[index] as string)));
  if (missing.length === 0) return false;
  throw new Failure(
    `${attributesFile} is there already and says nothing of merge=stowage; nothing was written`,
    `add these lines and run this again:\n${missing.map((line) => `      ${line}`).join('\n')}`,
  );
}

function namesDriver(line: string, root: string): boolean {
  const [pattern, ...words] = line.trim().split(/\s+/);
  return pattern?.replace(/^\//, '') === `${root}/**` && words.includes('merge=stowage');
}
