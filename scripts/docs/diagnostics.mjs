import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';

/** The text of docs/diagnostics.md: every code with its meaning, and what its case in the tests shows. */
export async function diagnosticsPage(root) {
  const codes = await readCodes(root);
  const sections = Object.keys(codes)
    .sort()
    .map((code) => {
      const example = readFileSync(`${root}/test/diagnostics/codes/${code}/expected.txt`, 'utf8').trimEnd();
      return `## \`${code}\`\n\n${codes[code]}\n\n\`\`\`text\n${example}\n\`\`\`\n`;
    });
  return `${introduction}\n${sections.join('\n')}`;
}

const introduction = `# Diagnostics

Every problem is told with its file, line and column, what is wrong, a code in brackets, the offending line,
the places that have to do with it, and after \`→\` what to do. One run reports all that it finds. An error
stops a run before anything is written; a warning does not.

Each example below is a whole fleet in \`test/diagnostics/codes/<code>/input\`.
`;

async function readCodes(root) {
  const source = readFileSync(`${root}/src/diagnostics/codes.ts`, 'utf8');
  const { code } = await transform(source, { loader: 'ts', format: 'esm' });
  const { diagnosticCodes } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return diagnosticCodes;
}
