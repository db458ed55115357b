import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fenced, tellQuoted } from './report.mjs';
import { stowage } from './stowage.mjs';

/** Looks for what is not as declared, and keeps the issue of each cluster; what is new fails the job. */
export function drift(inputs) {
  const only = inputs.clusters.map((name) => `--cluster=${name}`);
  const words = ['drift', '--markdown', ...(inputs.dryRun ? [] : ['--issue']), ...only];
  const { code, out, err } = withKubeconfig(inputs.kubeconfig, (kubeconfig) =>
    stowage(words, inputs, { token: inputs.token, kubeconfig }),
  );
  tellQuoted(`${out}${err}`, inputs);
  const text = `${out.trim() === '' ? '## Stowage\n' : out.trimEnd()}\n${err.trim() === '' ? '' : `\n${fenced(err)}`}`;
  return { code, changed: code === 1, hazards: 0, text };
}

/** In a file beside the checkout that nobody else reads, as long as it is used; without one the runner's own counts. */
function withKubeconfig(text, use) {
  if (text.trim() === '') return use(undefined);
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), 'stowage-'));
  try {
    const path = join(folder, 'kubeconfig');
    writeFileSync(path, text, { mode: 0o600 });
    return use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
