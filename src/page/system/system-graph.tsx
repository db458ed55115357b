import { useMemo, useState } from 'preact/hooks';
import type { OverlayPart } from '../../report/report.ts';
import { type Route, routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { SpecLine } from '../base/spec-line.tsx';
import { type Choice, edgeLabel, GraphPicture } from './graph-picture.tsx';
import { NodePanel } from './node-panel.tsx';
import { choiceOf, originOfChoice, queryOf } from './place-of-graph.ts';
import { StartOrder } from './start-order.tsx';

const nothing: ReadonlySet<string> = new Set();

/** The dependency graph with what may be asked of it. */
export function SystemGraph({ part, route }: { readonly part: OverlayPart; readonly route: Route }) {
  const [pointed, setPointed] = useState<Choice>(null);
  const [lit, setLit] = useState(nothing);
  const onlyOn = route.query.off === 'hidden';
  const off = useMemo(() => part.graph.nodes.filter(({ state }) => state === 'off').length, [part]);
  const graph = useMemo(() => (onlyOn ? withoutOff(part.graph) : part.graph), [part, onlyOn]);
  const chosen = choiceOf(graph, route.query);
  const kept: Readonly<Record<string, string>> = onlyOn ? { off: 'hidden' } : {};
  const same = (a: Choice, b: Choice) => JSON.stringify(a) === JSON.stringify(b);
  const hrefOf = (choice: Choice) =>
    routeTo('system', [part.system, part.environment], { ...kept, ...(same(choice, chosen) ? {} : queryOf(choice)) });
  return (
    <section class="stack" aria-labelledby="system-graph">
      <div class="row">
        <h3 id="system-graph">Who needs whom</h3>
        <Legend />
        {off > 0 && (
          <a
            class="system-switch no-print"
            href={routeTo('system', [part.system, part.environment], {
              ...queryOf(chosen),
              ...(onlyOn ? {} : { off: 'hidden' }),
            })}
          >
            {onlyOn
              ? `Show the ${off} that ${off === 1 ? 'is' : 'are'} off`
              : `Hide the ${off} that ${off === 1 ? 'is' : 'are'} off`}
          </a>
        )}
      </div>
      <StartOrder graph={graph} chosen={chosen} hrefOf={hrefOf} onLight={setLit} />
      <div class={`system-graph ${chosen === null ? '' : 'with-panel'}`}>
        <div class="system-graph-card card">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrolled by keyboard too */}
          <section class="scroll" tabIndex={0} aria-label="Dependency graph, scrolls sideways">
            <GraphPicture graph={graph} chosen={chosen} lit={lit} hrefOf={hrefOf} onPoint={setPointed} />
          </section>
          <Pointed part={part} choice={pointed ?? chosen} />
        </div>
        {chosen !== null && <NodePanel part={part} choice={chosen} hrefOf={hrefOf} />}
      </div>
    </section>
  );
}

function withoutOff({ nodes, edges }: OverlayPart['graph']): OverlayPart['graph'] {
  return { nodes: nodes.filter(({ state }) => state !== 'off'), edges: edges.filter(({ active }) => active) };
}

function Legend() {
  return (
    <ul class="system-legend" aria-label="Legend">
      <li>
        <svg width="30" height="10" aria-hidden="true" class="system-edge waits">
          <path d="M0 5 H26" class="system-edge-line" marker-end="url(#system-arrow-plain)" />
        </svg>
        waits for it
      </li>
      <li>
        <svg width="30" height="10" aria-hidden="true" class="system-edge talks">
          <path d="M0 5 H26" class="system-edge-line" marker-end="url(#system-arrow-plain)" />
        </svg>
        network only
      </li>
      <li>
        <svg width="20" height="20" aria-hidden="true">
          <circle cx="10" cy="10" r="9" class="system-wave" />
          <text x="10" y="14" class="system-wave-number" text-anchor="middle">
            1
          </text>
        </svg>
        start wave
      </li>
    </ul>
  );
}

/** The line that says what is pointed at: always in the same place, for a pointer and for the keyboard alike. */
function Pointed({ part, choice }: { readonly part: OverlayPart; readonly choice: Choice }) {
  const origin = originOfChoice(part, choice);
  const edge =
    choice !== null && 'from' in choice
      ? part.graph.edges.find(({ from, to }) => from === choice.from && to === choice.to)
      : undefined;
  return (
    <p class="system-pointed" role="status">
      {choice === null || origin === undefined ? (
        <span class="faint no-print">Point at a component or a line, or tab to it, to see where it is said.</span>
      ) : (
        <>
          <strong>
            <Said text={edge === undefined ? ('node' in choice ? choice.node : '') : edgeLabel({ ...edge, edge, labels: [] })} />
          </strong>{' '}
          <SpecLine origin={origin} />
        </>
      )}
    </p>
  );
}
