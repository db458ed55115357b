import { fenced, tellQuoted } from './report.mjs';
import { stowage } from './stowage.mjs';

/** Offers what is compiled; what is blocked fails the job, after everything else was offered. */
export function publish(inputs) {
  const words = [
    ...(inputs.group === '' ? [] : [`--group=${inputs.group}`]),
    ...inputs.environments.map((name) => `--environment=${name}`),
    ...inputs.allowDelete.map((name) => `--allow-delete=${name}`),
    ...(inputs.dryRun ? ['--dry-run'] : []),
  ];
  const { code, out, err } = stowage(['publish', '--json', ...words], inputs, { token: inputs.token });
  const answer = parse(out);
  const told = answer === undefined ? err : describe(answer);
  tellQuoted(told, inputs);
  const results = answer?.results ?? [];
  const count = (...outcomes) => results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const changed = !inputs.dryRun && count('opened', 'updated', 'closed') > 0;
  return { code, changed, hazards: count('blocked'), text: `## Stowage\n\n${fenced(told)}` };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describe({ results, stale, diagnostics }) {
  const lines = [
    ...diagnostics.map(({ file, line, message, code }) => `${file}${line === undefined ? '' : `:${line}`}: ${message} [${code}]`),
    ...stale.map((path) => `${path} is not what the description says: run \`stowage compile\` and commit`),
    ...results.map(({ outcome, key, pullRequest, reason, advice }) => {
      const where = pullRequest === undefined ? '' : ` #${pullRequest.number} ${pullRequest.url ?? ''}`;
      return `${outcome} ${key}${where}${reason === undefined ? '' : `: ${reason}; ${advice}`}`.trimEnd();
    }),
  ];
  return lines.length === 0 ? 'the config repository holds what the fleet describes' : lines.join('\n');
}
