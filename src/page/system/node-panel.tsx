import { useMemo } from 'preact/hooks';
import type { GraphNodeRecord, OverlayPart } from '../../report/report.ts';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { SpecLine } from '../base/spec-line.tsx';
import { type Choice, edgeLabel } from './graph-picture.tsx';
import { neighboursOf } from './neighbours.ts';
import { originOfChoice } from './place-of-graph.ts';
import { type Allowed, readPolicies } from './read-policies.ts';

interface Props {
  readonly part: OverlayPart;
  readonly choice: NonNullable<Choice>;
  readonly hrefOf: (choice: Choice) => string;
}

/** All that is known of the component or the dependency that is chosen. */
export function NodePanel({ part, choice, hrefOf }: Props) {
  const node = 'node' in choice ? part.graph.nodes.find(({ component }) => component === choice.node) : undefined;
  return (
    <aside class="system-panel card stack" aria-labelledby="system-panel">
      <div class="row system-panel-title">
        <h4 id="system-panel">{'node' in choice ? <Said text={choice.node} /> : 'Dependency'}</h4>
        <a class="no-print" href={hrefOf(choice)}>
          Close
        </a>
      </div>
      {node === undefined ? (
        <AboutEdge part={part} choice={choice} hrefOf={hrefOf} />
      ) : (
        <AboutNode part={part} node={node} hrefOf={hrefOf} />
      )}
    </aside>
  );
}

function AboutEdge({ part, choice, hrefOf }: Props) {
  if (!('from' in choice)) return null;
  const edge = part.graph.edges.find(({ from, to }) => from === choice.from && to === choice.to);
  if (edge === undefined) return null;
  return (
    <>
      <p>
        <Said text={edgeLabel({ ...edge, edge, labels: [] })} />
      </p>
      <p class="faint">
        {edge.orders
          ? edge.network
            ? 'It starts after it, and the network is open from the one to the other.'
            : 'It starts after it; the network is not opened.'
          : 'The network is open from the one to the other; neither waits.'}
        {!edge.active && ' As one of the two is off, nothing of this is made.'}
      </p>
      <Names title="Ends" names={[edge.from, edge.to]} hrefOf={hrefOf} />
      <Where part={part} choice={choice} />
    </>
  );
}

function AboutNode({
  part,
  node,
  hrefOf,
}: { readonly part: OverlayPart; readonly node: GraphNodeRecord } & Pick<Props, 'hrefOf'>) {
  const { component, state, objects, exposed, cidrs, host, wave, workload } = node;
  const near = useMemo(() => neighboursOf(part.graph, component), [part, component]);
  const { ingress, egress } = useMemo(() => readPolicies(part.objects, component), [part, component]);
  return (
    <>
      <p class="row">
        <span class="badge">
          <Said text={state === 'external' ? 'external' : workload} />
        </span>
        {state === 'off' && <span class="badge">off</span>}
        {wave !== null && <span class="badge accent">starts in wave {wave}</span>}
      </p>
      <Where part={part} choice={{ node: component }} />
      {host !== null && <Texts title="Address" texts={[host]} />}
      <Texts title="Exposed to the outside as" texts={exposed} />
      <Names title="Waits for" names={near.waitsFor} hrefOf={hrefOf} />
      <Names title="Waited for by" names={near.waitedForBy} hrefOf={hrefOf} />
      {state === 'on' && <Policy title="Who may reach it" rules={ingress} hrefOf={hrefOf} everything="everyone may reach it" />}
      {state === 'on' && <Policy title="Whom it may reach" rules={egress} hrefOf={hrefOf} everything="it may reach everything" />}
      {state === 'external' && <Names title="Reached by" names={[...near.reachedBy]} hrefOf={hrefOf} />}
      {state === 'external' && <Texts title="Its addresses" texts={cidrs} />}
      {objects.length > 0 && (
        <div>
          <h5>Objects</h5>
          <ul class="system-list">
            {objects.map((id) => (
              <li key={id}>
                <a href={routeTo('object', [part.environment, part.system, id])}>
                  <Said text={id} />
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Where({ part, choice }: { readonly part: OverlayPart; readonly choice: Choice }) {
  const origin = originOfChoice(part, choice);
  return origin === undefined ? null : (
    <div>
      <h5>Said in</h5>
      <SpecLine origin={origin} />
    </div>
  );
}

function Texts({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <div>
      <h5>{title}</h5>
      <ul class="system-list mono">
        {texts.map((text) => (
          <li key={text}>
            <Said text={text} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Names({ title, names, hrefOf }: { readonly title: string; readonly names: readonly string[] } & Pick<Props, 'hrefOf'>) {
  if (names.length === 0) return null;
  return (
    <div>
      <h5>{title}</h5>
      <ul class="row system-list">
        {[...new Set(names)].map((name) => (
          <li key={name}>
            <a class="badge" href={hrefOf({ node: name })}>
              <Said text={name} />
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface PolicyProps extends Pick<Props, 'hrefOf'> {
  readonly title: string;
  readonly rules: readonly Allowed[] | null;
  readonly everything: string;
}

function Policy({ title, rules, everything, hrefOf }: PolicyProps) {
  return (
    <div>
      <h5>{title}</h5>
      {rules === null ? (
        <p>
          <span class="badge warn">open</span> No network policy says otherwise: {everything}.
        </p>
      ) : (
        <>
          {rules.length > 0 && (
            <table class="grid system-policy">
              <thead class="unseen">
                <tr>
                  <th scope="col">Peer</th>
                  <th scope="col">Ports</th>
                </tr>
              </thead>
              <tbody>
                {rules.map(({ peer, component, ports }) => (
                  <tr key={`${peer} ${component}`}>
                    <td>
                      {component === null ? (
                        <Said text={peer} />
                      ) : (
                        <a href={hrefOf({ node: component })}>
                          <Said text={peer} />
                        </a>
                      )}
                    </td>
                    <td class="mono">
                      <Said text={ports.join(', ')} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <p class="faint">{rules.length === 0 ? 'Nobody: all of it is refused.' : 'Everything else is refused.'}</p>
        </>
      )}
    </div>
  );
}
