import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

const choices = {
  command: ['check', 'plan', 'publish', 'promote', 'drift'],
  host: ['github', 'gitea'],
  group: ['', 'system', 'environment', 'all'],
  strict: ['true', 'false'],
  comment: ['true', 'false'],
  'dry-run': ['true', 'false'],
};

/** What the workflow says, and what happened; a problem in words where that makes no sense. */
export function readInputs(environment) {
  const given = (name) => (environment[`INPUT_${name.toUpperCase().replaceAll('-', '_')}`] ?? '').trim();
  const words = (name) => given(name).split(/\s+/).filter(Boolean);
  for (const [name, known] of Object.entries(choices))
    if (!known.includes(given(name))) return { problem: `the input ${name} must be ${known.filter(Boolean).join(', ')}` };
  return {
    command: given('command'),
    fleet: given('fleet') || '.',
    host: given('host'),
    from: given('from'),
    strict: given('strict') === 'true',
    comment: given('comment') === 'true',
    group: given('group'),
    environments: words('environments'),
    clusters: words('clusters'),
    allowDelete: words('allow-delete'),
    dryRun: given('dry-run') === 'true',
    event: readEvent(environment.GITHUB_EVENT_PATH),
    repository: `${environment.GITHUB_SERVER_URL}/${environment.GITHUB_REPOSITORY}`,
    api: environment.GITHUB_API_URL ?? '',
    token: environment.STOWAGE_TOKEN ?? '',
    argocdToken: environment.ARGOCD_AUTH_TOKEN ?? '',
    kubeconfig: environment.STOWAGE_KUBECONFIG ?? '',
    // Nobody can guess it, so that nothing in the output of a tool ends the silence.
    silence: randomBytes(16).toString('hex'),
  };
}

function readEvent(path) {
  try {
    return path === undefined ? {} : JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}
