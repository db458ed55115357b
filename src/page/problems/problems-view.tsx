import { useMemo } from 'preact/hooks';
import { Said } from '../base/said.tsx';
import type { ViewProps } from '../base/view-props.ts';
import { groupProblems, sayProblems } from './group-problems.ts';
import { ProblemCard } from './problem-card.tsx';
import './problems.css';

/** What is wrong with the description, in the lines where it is. */
export function ProblemsView({ index }: ViewProps) {
  const { problems, cells } = index;
  const files = useMemo(() => groupProblems(problems), [problems]);
  const known = useMemo(() => new Set(cells.map(({ environment, system }) => `${environment}/${system}`)), [cells]);
  return (
    <section class="problems-view stack">
      <h2>Problems</h2>
      {/* There before it says something else, so that a reader of the screen hears it when it does. */}
      <p class="problems-count" role="status" aria-live="polite">
        {sayProblems(problems)}
      </p>
      {problems.length === 0 && <p class="card problems-well">The description is as it should be: no errors, no warnings.</p>}
      {files.map(({ file, problems: own }) => (
        <section key={file} class="problems-file">
          <h3>
            <code>
              <Said text={file} />
            </code>
            <span class="badge">{own.length}</span>
          </h3>
          <ol>
            {own.map((problem, place) => (
              <li key={`${problem.code} ${problem.line} ${problem.column} ${place}`}>
                <ProblemCard problem={problem} known={known} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </section>
  );
}
