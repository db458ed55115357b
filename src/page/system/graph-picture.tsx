import { curveBasis, curveBumpX, line } from 'd3-shape';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { GraphNodeRecord, GraphRecord } from '../../report/report.ts';
import { boxesOf, type DrawnEdge, drawnEdges, lineHeight, linesOf, nameShown, outside, secondLine } from './graph-boxes.ts';
import { type Layout, layoutGraph, type Placed } from './layout-graph.ts';

/** What of the graph is looked at. */
export type Choice = { readonly node: string } | { readonly from: string; readonly to: string } | null;

interface Props {
  readonly graph: GraphRecord;
  readonly chosen: Choice;
  /** What else is brought out, such as the components of a wave. */
  readonly lit: ReadonlySet<string>;
  readonly hrefOf: (choice: Choice) => string;
  readonly onPoint: (choice: Choice) => void;
}

/** So small it still can be read. */
const leastScale = 0.88;

const path = { through: line<{ x: number; y: number }>(), loop: line<{ x: number; y: number }>().curve(curveBasis) };
for (const each of Object.values(path)) each.x(({ x }) => x).y(({ y }) => y);
path.through.curve(curveBumpX);

/** Who needs whom, from left to right: lines with an arrow wait, dashed ones only talk. */
export function GraphPicture({ graph, chosen, lit, hrefOf, onPoint }: Props) {
  const { boxes, edges, layout } = useMemo(() => placed(graph), [graph]);
  const nodes = new Map(graph.nodes.map((node) => [node.component, node]));
  const picture = useRef<SVGSVGElement>(null);
  const chosenNode = chosen === null ? undefined : 'node' in chosen ? chosen.node : chosen.from;
  useEffect(() => {
    const view = picture.current?.parentElement;
    const at = chosenNode === undefined ? undefined : layout.boxes.get(chosenNode);
    if (!view || at === undefined || picture.current === null) return;
    const scale = picture.current.clientWidth / layout.width;
    const [left, right] = [at.x * scale, (at.x + at.width) * scale];
    if (left < view.scrollLeft || right > view.scrollLeft + view.clientWidth)
      view.scrollTo({ left: (left + right - view.clientWidth) / 2 });
  }, [chosenNode, layout]);
  const point = (target: EventTarget | null) => onPoint(choiceAt(target, edges));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture has no element for a group of links
    <svg
      ref={picture}
      class="system-picture"
      role="group"
      aria-label="Dependency graph"
      style={{ '--least': `${layout.width * leastScale}px`, '--most': `${layout.width}px` }}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      onFocusIn={({ target }) => point(target)}
      onPointerOver={({ target }) => point(target)}
      onPointerLeave={() => onPoint(null)}
    >
      <Markers />
      {edges.map((edge, place) => (
        <EdgeLine
          key={`${edge.from} ${edge.to} ${place}`}
          edge={edge}
          place={place}
          layout={layout}
          tone={edgeTone(edge, graph, chosen)}
          href={edge.edge === null ? hrefOf({ node: edge.to }) : hrefOf({ from: edge.from, to: edge.to })}
        />
      ))}
      {boxes.map(({ id }) => (
        <NodeBox
          key={id}
          id={id}
          node={nodes.get(id)}
          at={layout.boxes.get(id) as Placed}
          tone={nodeTone(id, graph, chosen, lit)}
          chosen={chosen !== null && 'node' in chosen && chosen.node === id}
          href={hrefOf({ node: id })}
        />
      ))}
    </svg>
  );
}

function placed(graph: GraphRecord) {
  const boxes = boxesOf(graph);
  const edges = drawnEdges(graph);
  return { boxes, edges, layout: layoutGraph(boxes, linesOf(edges)) };
}

function choiceAt(target: EventTarget | null, edges: readonly DrawnEdge[]): Choice {
  const found = (target as Element | null)?.closest?.('[data-node], [data-edge]');
  if (found === null || found === undefined) return null;
  const node = found.getAttribute('data-node');
  if (node !== null) return { node };
  const edge = edges[Number(found.getAttribute('data-edge'))];
  return edge === undefined ? null : edge.edge === null ? { node: edge.to } : { from: edge.from, to: edge.to };
}

type Tone = 'plain' | 'dim' | 'in' | 'out' | 'lit';

function edgeTone({ from, to, edge }: DrawnEdge, { nodes }: GraphRecord, chosen: Choice): Tone {
  if (chosen === null) return 'plain';
  if ('from' in chosen) return chosen.from === from && chosen.to === to ? 'lit' : 'dim';
  // Of what is off it shows what would be; of all else only what is.
  const isOff = nodes.find(({ component }) => component === chosen.node)?.state === 'off';
  if (edge !== null && !edge.active && !isOff) return 'dim';
  return chosen.node === to ? 'in' : chosen.node === from ? 'out' : 'dim';
}

function nodeTone(id: string, { edges }: GraphRecord, chosen: Choice, lit: ReadonlySet<string>): Tone {
  if (lit.size > 0) return lit.has(id) ? 'lit' : 'dim';
  if (chosen === null) return 'plain';
  if ('from' in chosen) return chosen.from === id || chosen.to === id ? 'lit' : 'dim';
  if (chosen.node === id) return 'lit';
  const opened = edges.filter(({ active, network }) => active && network);
  if (opened.some(({ from, to }) => from === id && to === chosen.node)) return 'in';
  if (edges.some(({ from, to, active }) => active && to === id && from === chosen.node)) return 'out';
  return 'dim';
}

function Markers() {
  return (
    <defs>
      {(['plain', 'in', 'out', 'lit', 'off'] as const).map((tone) => (
        <marker
          key={tone}
          id={`system-arrow-${tone}`}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerUnits="userSpaceOnUse"
          markerWidth="10"
          markerHeight="10"
          orient="auto"
        >
          <path d="M0.5 0.5 L7.5 4 L0.5 7.5 Z" class={`system-arrow ${tone}`} />
        </marker>
      ))}
    </defs>
  );
}

interface EdgeProps {
  readonly edge: DrawnEdge;
  readonly place: number;
  readonly layout: Layout;
  readonly tone: Tone;
  readonly href: string;
}

function EdgeLine({ edge: { from, to, edge, labels }, place, layout, tone, href }: EdgeProps) {
  const { points, label } = layout.lines[place] as Layout['lines'][number];
  const drawn = (from === to ? path.loop : path.through)([...points]) ?? '';
  const off = edge !== null && !edge.active;
  const arrow = off ? 'off' : tone === 'dim' ? 'plain' : tone;
  const kind = edge === null ? 'ingress' : edge.orders ? 'waits' : 'talks';
  const top = label.y - ((labels.length - 1) * lineHeight) / 2;
  return (
    <a
      href={href}
      data-edge={place}
      class={`system-edge ${kind} ${tone}${off ? ' off' : ''}`}
      aria-label={edgeLabel({ from, to, edge, labels })}
    >
      <path d={drawn} class="system-edge-reach" />
      <path d={drawn} class="system-edge-line" marker-end={`url(#system-arrow-${arrow})`} />
      {labels.map((text, row) => (
        <text key={text} x={label.x} y={top + row * lineHeight} class="system-edge-label">
          {text}{' '}
        </text>
      ))}
    </a>
  );
}

export function edgeLabel({ from, to, edge }: DrawnEdge): string {
  if (edge === null) return `The outside reaches ${to}`;
  const how = edge.orders ? (edge.network ? 'waits for and reaches' : 'waits for') : 'reaches';
  const ports = edge.ports.map(({ name, port }) => `${name} ${port}`).join(', ');
  return `${from} ${edge.active ? how : `would need`} ${to}${ports === '' ? '' : ` on ${ports}`}${edge.active ? '' : ', off'}`;
}

interface NodeProps {
  readonly id: string;
  readonly node: GraphNodeRecord | undefined;
  readonly at: Placed;
  readonly tone: Tone;
  readonly chosen: boolean;
  readonly href: string;
}

const toneWords: Partial<Record<Tone, string>> = { in: 'may reach it', out: 'it needs' };

function NodeBox({ id, node, at: { x, y, width, height }, tone, chosen, href }: NodeProps) {
  if (id === outside || node === undefined)
    return (
      <g class={`system-node outside ${tone === 'dim' ? 'dim' : ''}`} transform={`translate(${x} ${y})`}>
        <rect width={width} height={height} rx={height / 2} />
        <text x={width / 2} y="19" class="system-node-name" text-anchor="middle">
          Outside
        </text>
        <text x={width / 2} y="34" class="system-node-kind" text-anchor="middle">
          by ingress
        </text>
      </g>
    );
  return (
    <g transform={`translate(${x} ${y})`}>
      <a href={href} data-node={id} class={`system-node ${node.state} ${tone}`} aria-current={chosen ? 'true' : undefined}>
        <rect width={width} height={height} rx={node.state === 'external' ? height / 2 : 7} />
        <text x="12" y="19" class="system-node-name">
          {nameShown(node)}{' '}
        </text>
        <text x="12" y="34" class="system-node-kind">
          {secondLine(node)}{' '}
        </text>
        {node.wave !== null && (
          <>
            <circle cx={width - 18} cy="15" r="9" class="system-wave" />
            <text x={width - 18} y="19" class="system-wave-number" text-anchor="middle">
              <tspan class="system-unseen">starts in wave </tspan>
              {node.wave}{' '}
            </text>
          </>
        )}
        {tone in toneWords && (
          <text x={width / 2} y="-5" class="system-node-tone" text-anchor="middle">
            {toneWords[tone]}
          </text>
        )}
      </a>
    </g>
  );
}
