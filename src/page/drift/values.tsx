import type { DriftEntry, Json } from '../../report/report.ts';
import { LongText } from '../base/long-text.tsx';

/** What the two sides of each comparison are. */
const sides: Readonly<Record<string, readonly [string, string]>> = {
  repository: ['Description', 'Repository'],
  environments: ['Environment before', 'This environment'],
};
const usualSides = ['Declared', 'Live'] as const;

/** What is meant beside what is there; a difference of a whole object has neither. */
export function Values({ entry: { between, declared, live, concealed } }: { readonly entry: DriftEntry }) {
  if (concealed) return <p class="drift-concealed">The value is a secret, or looks like one: it is not shown.</p>;
  if (declared === undefined && live === undefined) return null;
  const [meant, there] = Object.hasOwn(sides, between) ? (sides[between] as readonly [string, string]) : usualSides;
  return (
    <div class="drift-values">
      <Side name={meant} value={declared} absent="not declared" kind="declared" />
      <Side name={there} value={live} absent="not there" kind="live" />
    </div>
  );
}

interface SideProps {
  readonly name: string;
  readonly value: Json | undefined;
  readonly absent: string;
  readonly kind: 'declared' | 'live';
}

function Side({ name, value, absent, kind }: SideProps) {
  const text = value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    <div class={`drift-side ${kind}`}>
      <span class="drift-side-name">{name}</span>
      {text === undefined || text === '' ? (
        <em class="faint">{text === undefined ? absent : 'an empty text'}</em>
      ) : (
        <pre>
          <LongText text={text} />
        </pre>
      )}
    </div>
  );
}
