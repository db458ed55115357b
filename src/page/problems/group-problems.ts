import type { Problem } from '../../report/report.ts';

export interface FileProblems {
  readonly file: string;
  readonly problems: readonly Problem[];
}

/** Files with errors first; in each the errors first, then as they stand in it. */
export function groupProblems(problems: readonly Problem[]): FileProblems[] {
  const files = new Map<string, Problem[]>();
  for (const problem of problems) {
    const own = files.get(problem.file);
    if (own === undefined) files.set(problem.file, [problem]);
    else own.push(problem);
  }
  return [...files]
    .map(([file, own]) => ({
      file,
      problems: own.toSorted((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column),
    }))
    .sort((a, b) => worst(a) - worst(b) || (a.file < b.file ? -1 : 1));
}

/** `2 errors and 1 warning in 2 files`. */
export function sayProblems(problems: readonly Problem[]): string {
  if (problems.length === 0) return 'No problems';
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const counts = [count(errors, 'error'), count(problems.length - errors, 'warning')].filter((text) => text !== '');
  return `${counts.join(' and ')} in ${count(new Set(problems.map(({ file }) => file)).size, 'file')}`;
}

function count(number: number, noun: string): string {
  return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function rank({ severity }: Problem): number {
  return severity === 'error' ? 0 : 1;
}

function worst({ problems }: FileProblems): number {
  return Math.min(...problems.map(rank));
}
