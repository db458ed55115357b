import { fenced, tell, tellQuoted, warn } from './report.mjs';
import { git, stowage } from './stowage.mjs';

/** Compiles and proves what is there, plans what it changes, and keeps both as one comment on the pull request. */
export function check(inputs) {
  const checked = inputs.command === 'plan' ? { code: 0, out: '', err: '' } : compile(inputs);
  const planned = plan(inputs);
  const verdict = inputs.command === 'plan' || checked.code === 0 ? '' : `**The check failed.**\n\n${fenced(checked.err)}\n`;
  const text = `## Stowage\n\n${verdict}${planned.text}`;
  comment(text, inputs);
  return { ...planned, code: checked.code || planned.code, text };
}

function compile(inputs) {
  const result = stowage(['compile', '--check', ...(inputs.strict ? ['--strict'] : [])], inputs);
  tellQuoted(`${result.out}${result.err}`, inputs);
  return result;
}

function plan(inputs) {
  const from = startOf(inputs);
  if (from === undefined)
    return { code: 0, changed: false, hazards: 0, text: 'There is no commit before this one to compare with.\n' };
  const states = ['plan', `--from=${from}`, '--to=worktree'];
  const facts = stowage([...states, '--json'], inputs);
  const { plan: found } = facts.code > 1 ? {} : JSON.parse(facts.out);
  if (!found) {
    const told = stowage(states, inputs);
    tellQuoted(told.err, inputs);
    // A description that does not compile is the check's to refuse.
    return {
      code: facts.code > 1 || inputs.command === 'plan' ? facts.code : 0,
      changed: true,
      hazards: 0,
      text: `There is no plan:\n\n${fenced(told.err)}`,
    };
  }
  const hazards = found.hazards.length;
  tell(
    `plan: ${facts.code === 0 ? 'nothing changes in the rendered objects' : `the rendered objects change; hazards: ${hazards}`}`,
  );
  return { code: 0, changed: facts.code === 1, hazards, text: stowage([...states, '--markdown'], inputs).out };
}

/** The commit that a reviewer compares with in mind. */
function startOf(inputs) {
  const commit = (name) => git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], inputs);
  if (inputs.from !== '') return commit(inputs.from) ?? inputs.from;
  const { pull_request: pull, merge_group: queued, before } = inputs.event;
  // What a merge queue is about to merge, on top of what it merges before.
  if (queued?.base_sha) return commit(queued.base_sha) ?? commit('HEAD^1');
  // GitHub checks out what merging would make, whose first parent is the head of the target.
  if (pull !== undefined && commit('HEAD^2') === pull.head?.sha) return commit('HEAD^1');
  if (pull?.base?.sha) return git(['merge-base', '--end-of-options', pull.base.sha, 'HEAD'], inputs);
  return (before && commit(before)) ?? commit('HEAD^1');
}

/** What is said is no reason to fail: the token of a pull request from a fork may not comment. */
function comment(text, inputs) {
  const { event, host, repository, api, token, fleet } = inputs;
  const number = event.pull_request?.number ?? event.number;
  if (!inputs.comment || !Number.isInteger(number) || token === '') return;
  const where = [`--host=${host}`, `--repository=${repository}`, ...(api === '' ? [] : [`--api=${api}`])];
  const marker = `check${
    fleet === '.'
      ? ''
      : `-${fleet
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-|-$/g, '')}`
  }`;
  const said = stowage(['pr', 'comment', String(number), `--marker=${marker}`, ...where], inputs, { token, input: text });
  if (said.code !== 0) warn(`the plan could not be kept as a comment: ${said.err}`);
}
