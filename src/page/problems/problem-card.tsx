import type { Problem } from '../../report/report.ts';
import { Prose } from '../base/prose.tsx';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { SourceLines } from './source-lines.tsx';

interface ProblemCardProps {
  readonly problem: Problem;
  /** The overlays that the page shows. */
  readonly known: ReadonlySet<string>;
}

/** One problem: what is wrong, where it stands, and what to do about it. */
export function ProblemCard({ problem, known }: ProblemCardProps) {
  const { severity, code, message, hint, line, related, overlays } = problem;
  return (
    <article class={`card problems-card ${severity}`} aria-label={`${severity} in line ${line}: ${message}`}>
      <p class="problems-head">
        <span class={`badge ${severity === 'error' ? 'bad' : 'warn'}`}>{severity}</span>
        <strong class="problems-message">
          <Prose text={message} />
        </strong>
        <code class="faint problems-code">{code}</code>
      </p>
      <SourceLines problem={problem} />
      {hint !== null && (
        <p class="problems-hint">
          <span aria-hidden="true">→ </span>
          <Prose text={hint} />
        </p>
      )}
      {related.length > 0 && (
        <ul class="problems-related">
          {related.map((place) => (
            <li key={`${place.file}:${place.line}:${place.column} ${place.message}`}>
              <code>
                <Said text={`${place.file}:${place.line}:${place.column}`} />
              </code>{' '}
              <Said text={place.message} />
            </li>
          ))}
        </ul>
      )}
      <Overlays overlays={overlays} known={known} />
    </article>
  );
}

const few = 8;

/** Where it arises: of a shared System these may be very many. */
function Overlays({ overlays, known }: { readonly overlays: readonly string[]; readonly known: ReadonlySet<string> }) {
  if (overlays.length === 0) return null;
  const links = (some: readonly string[]) =>
    some.map((overlay) => <OverlayLink key={overlay} overlay={overlay} isKnown={known.has(overlay)} />);
  return (
    <div class="problems-overlays">
      <span class="faint">Affects</span> {links(overlays.slice(0, few))}
      {overlays.length > few && (
        <details>
          <summary>and {overlays.length - few} more</summary>
          {links(overlays.slice(few))}
        </details>
      )}
    </div>
  );
}

function OverlayLink({ overlay, isKnown }: { readonly overlay: string; readonly isKnown: boolean }) {
  const [environment = '', system = ''] = overlay.split('/');
  if (!isKnown) return <Said text={overlay} />;
  return (
    <a href={routeTo('system', [system, environment])}>
      <Said text={overlay} />
    </a>
  );
}
