import { useMemo } from 'preact/hooks';
import { openSource } from './base/open-source.ts';
import { SourceContext } from './base/use-report.ts';
import { Shell } from './shell.tsx';

export function App() {
  const source = useMemo(openSource, []);
  return (
    <SourceContext.Provider value={source}>
      <Shell />
    </SourceContext.Provider>
  );
}
