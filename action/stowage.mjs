import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../bin/stowage.cjs', import.meta.url));

/** Runs the CLI. Only what talks to a host is given the token, and only what asks Argo CD or a cluster what these take. */
export function stowage(words, { fleet }, { token, argocdToken, kubeconfig, input } = {}) {
  const { STOWAGE_TOKEN: _, GITHUB_TOKEN: __, GITEA_TOKEN: ___, ARGOCD_AUTH_TOKEN: ____, ...rest } = process.env;
  const { STOWAGE_KUBECONFIG: _____, ...environment } = rest;
  return run(process.execPath, [program, ...words], {
    cwd: fleet,
    input: input ?? '',
    env: {
      ...environment,
      NO_COLOR: '1',
      ...(token && { STOWAGE_TOKEN: token }),
      ...(argocdToken && { ARGOCD_AUTH_TOKEN: argocdToken }),
      ...(kubeconfig && { KUBECONFIG: kubeconfig }),
    },
  });
}

export function git(words, { fleet }) {
  const { code, out } = run('git', words, { cwd: fleet });
  return code === 0 ? out.trim() : undefined;
}

function run(command, words, options) {
  const { status, stdout, stderr, error } = spawnSync(command, words, { ...options, encoding: 'utf8', maxBuffer: 1024 ** 3 });
  return { code: status ?? 3, out: stdout ?? '', err: stderr || (error?.message ?? '') };
}
