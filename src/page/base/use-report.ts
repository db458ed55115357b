import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { ReportIndex } from '../../report/report.ts';
import type { Connection, ReportSource } from './report-source.ts';

export const SourceContext = createContext<ReportSource | undefined>(undefined);

function useSource(): ReportSource {
  return useContext(SourceContext) as ReportSource;
}

/** The index as it is now; who uses it is drawn again when it changes. */
export function useIndex(): ReportIndex {
  const source = useSource();
  const [index, setIndex] = useState(source.index());
  useEffect(() => {
    setIndex(source.index());
    return source.follow(() => setIndex(source.index()));
  }, [source]);
  return index;
}

/** Whether what is shown keeps up with the fleet. */
export function useConnection(): Connection {
  const source = useSource();
  const [connection, setConnection] = useState(source.connection());
  useEffect(() => {
    setConnection(source.connection());
    return source.follow(() => setConnection(source.connection()));
  }, [source]);
  return connection;
}

/** `loading` until it is there, `absent` where the report has no such part. */
export type Loaded<Part> = Part | 'loading' | 'absent';

/** A part; while a newer one is on its way, the one before stays. */
export function usePart<Part extends object>(index: ReportIndex, name: string): Loaded<Part> {
  const source = useSource();
  const digest = Object.hasOwn(index.parts, name) ? (index.parts[name] as string) : undefined;
  const [known, setKnown] = useState<{ readonly name: string; readonly part: Part | 'absent' }>();
  useEffect(() => {
    let wanted = true;
    source.load<Part>(name).then((part) => {
      if (wanted) setKnown({ name, part: part ?? 'absent' });
    });
    return () => {
      wanted = false;
    };
  }, [source, name, digest]);
  if (digest === undefined) return 'absent';
  return known?.name === name ? known.part : 'loading';
}
