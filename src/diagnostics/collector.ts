import type { Diagnostic, Report } from './diagnostic.ts';

interface Collector {
  readonly diagnostics: readonly Diagnostic[];
  /** Keeps what is reported, and hands it on. */
  readonly collectAnd: (tell: Report) => Report;
}

export function createCollector(): Collector {
  const diagnostics: Diagnostic[] = [];
  const collectAnd = (tell: Report): Report => {
    return (diagnostic) => {
      diagnostics.push(diagnostic);
      tell(diagnostic);
    };
  };
  return { diagnostics, collectAnd };
}
