import { Graph, layout, type Point } from '@dagrejs/dagre';

/** A box to be placed. */
export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Which end of the picture it belongs to. */
  readonly rim: 'start' | 'end' | null;
}

export interface Line {
  readonly from: string;
  readonly to: string;
  /** Of its label. */
  readonly width: number;
  readonly height: number;
  /** Those that say an order point to the end wherever there is a choice. */
  readonly orders: boolean;
}

export type Placed = Point & { readonly width: number; readonly height: number };

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** By id; `x` and `y` are those of the upper left corner. */
  readonly boxes: ReadonlyMap<string, Placed>;
  /** As many as there were lines, in their order; the label has its middle at `label`. */
  readonly lines: readonly { readonly points: readonly Point[]; readonly label: Point }[];
}

/** Where boxes and lines go, from left to right; it is the same for the same ones. */
export function layoutGraph(boxes: readonly Box[], lines: readonly Line[]): Layout {
  const graph = new Graph({ directed: true, multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 26, edgesep: 12, ranksep: 30, marginx: 12, marginy: 16 });
  for (const { id, width, height } of boxes) graph.setNode(boxName(id), { width, height });
  const turned = turnedLines(lines);
  for (const [place, { from, to, width, height, orders }] of lines.entries()) {
    if (from === to) continue;
    const [start, end] = turned.has(place) ? [to, from] : [from, to];
    const label = { width, height, labelpos: 'c', weight: orders ? 2 : 1 };
    graph.setEdge(boxName(start), boxName(end), label, `line ${place}`);
  }
  holdRims(graph, boxes, lines, turned);
  layout(graph);
  return read(graph, boxes, lines, turned);
}

/** Apart from the names that hold the rims. */
const boxName = (id: string) => `box ${id}`;

/** Lines that would close a circle: laid out the other way round. Those that say an order come first, so that they stay. */
function turnedLines(lines: readonly Line[]): Set<number> {
  const ways = new Map<string, string[]>();
  const turned = new Set<number>();
  const places = [...lines.keys()].sort((a, b) => Number(lines[b]?.orders) - Number(lines[a]?.orders) || a - b);
  for (const place of places) {
    const { from, to } = lines[place] as Line;
    if (from === to) continue;
    const [start, end] = reaches(ways, to, from) ? [to, from] : [from, to];
    if (start === to) turned.add(place);
    ways.set(start, [...(ways.get(start) ?? []), end]);
  }
  return turned;
}

function reaches(ways: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const one of seen) {
    if (one === to) return true;
    for (const next of ways.get(one) ?? []) seen.add(next);
  }
  return false;
}

/** Something unseen before everything and behind everything, which what belongs to a rim is tied to. */
function holdRims(graph: Graph, boxes: readonly Box[], lines: readonly Line[], turned: ReadonlySet<number>): void {
  const ends = lines.map(({ from, to }, place) => (turned.has(place) ? [to, from] : [from, to]));
  const begun = new Set(ends.filter(([from, to]) => from !== to).map(([from]) => from));
  const ended = new Set(ends.filter(([from, to]) => from !== to).map(([, to]) => to));
  const tie = (from: string, to: string, minlen: number, weight: number) =>
    graph.setEdge(from, to, { width: 0, height: 0, minlen, weight }, 'tie');
  for (const rim of ['start', 'end'] as const) {
    if (!boxes.some((box) => box.rim === rim)) continue;
    graph.setNode(rim, { width: 0, height: 0 });
    for (const { id, rim: own } of boxes) {
      const weight = own === rim ? 100 : 0;
      if (rim === 'start' && (own === rim || !ended.has(id))) tie(rim, boxName(id), own === rim ? 1 : 2, weight);
      if (rim === 'end' && (own === rim || !begun.has(id))) tie(boxName(id), rim, own === rim ? 1 : 2, weight);
    }
  }
}

function read(graph: Graph, boxes: readonly Box[], lines: readonly Line[], turned: ReadonlySet<number>): Layout {
  const placed = new Map(
    boxes.map(({ id, width, height }) => {
      const { x = 0, y = 0 } = graph.node(boxName(id));
      return [id, { x: x - width / 2, y: y - height / 2, width, height }];
    }),
  );
  const routes = lines.map(({ from, to }, place) => {
    if (from === to) return [];
    const [start, end] = turned.has(place) ? [to, from] : [from, to];
    const { points = [] } = graph.edge(boxName(start), boxName(end), `line ${place}`);
    // Where it leaves and arrives is found below.
    return points.slice(1, -1);
  });
  const leaving = spread(placed, lines, routes, turned, 'leaving');
  const arriving = spread(placed, lines, routes, turned, 'arriving');
  const drawn = lines.map(({ from, to, width }, place) => {
    if (from === to) return loopOf(placed.get(from) as Placed, width);
    const route = routes[place] as Point[];
    const [start, end] = turned.has(place) ? [to, from] : [from, to];
    const { x, y } = graph.edge(boxName(start), boxName(end), `line ${place}`);
    const points = [leaving[place] as Point, ...route, arriving[place] as Point];
    const middle = points[Math.floor(points.length / 2)] as Point;
    return { points: turned.has(place) ? points.toReversed() : points, label: { x: x ?? middle.x, y: y ?? middle.y } };
  });
  return fitted(placed, drawn, lines);
}

/** Lines leave a box on its right side and arrive on the left of one, each at a height of its own, in the order in which they go on. */
function spread(
  boxes: ReadonlyMap<string, Placed>,
  lines: readonly Line[],
  routes: readonly (readonly Point[])[],
  turned: ReadonlySet<number>,
  which: 'leaving' | 'arriving',
): Point[] {
  const bySide = new Map<string, number[]>();
  for (const [place, { from, to }] of lines.entries()) {
    const id = (which === 'leaving') === turned.has(place) ? to : from;
    bySide.set(id, [...(bySide.get(id) ?? []), place]);
  }
  const points: Point[] = [];
  for (const [id, places] of bySide) {
    const { x, y, width, height } = boxes.get(id) as Placed;
    const next = (place: number) => routes[place]?.at(which === 'leaving' ? 0 : -1)?.y ?? y;
    places.sort((a, b) => next(a) - next(b) || a - b);
    for (const [order, place] of places.entries())
      points[place] = { x: which === 'leaving' ? x + width : x, y: y + (height * (order + 1)) / (places.length + 1) };
  }
  return points;
}

/** From a box over its corner back to it. */
function loopOf({ x, y, width, height }: Placed, label: number): Layout['lines'][number] {
  const right = x + width;
  const points = [
    { x: right - 26, y },
    { x: right - 14, y: y - 14 },
    { x: right + 12, y: y - 12 },
    { x: right + 12, y: y + height / 4 },
    { x: right, y: y + height / 2 },
  ];
  return { points, label: { x: right + 16 + label / 2, y: y - 8 } };
}

const margin = 12;

/** Without the room that the unseen ends take. */
function fitted(boxes: ReadonlyMap<string, Placed>, drawn: Layout['lines'], lines: readonly Line[]): Layout {
  const corners = [
    ...[...boxes.values()].flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
    ...drawn.flatMap(({ points, label }, place) => {
      const { width = 0, height = 0 } = lines[place] ?? {};
      const [w, h] = [width / 2, height / 2];
      return [...points, { x: label.x - w, y: label.y - h }, { x: label.x + w, y: label.y + h }];
    }),
  ];
  if (corners.length === 0) return { width: 0, height: 0, boxes, lines: drawn };
  const [left, top] = [Math.min(...corners.map(({ x }) => x)) - margin, Math.min(...corners.map(({ y }) => y)) - margin];
  const [right, bottom] = [Math.max(...corners.map(({ x }) => x)) + margin, Math.max(...corners.map(({ y }) => y)) + margin];
  const moved = ({ x, y }: Point) => ({ x: x - left, y: y - top });
  return {
    width: right - left,
    height: bottom - top,
    boxes: new Map([...boxes].map(([id, box]) => [id, { ...box, ...moved(box) }])),
    lines: drawn.map(({ points, label }) => ({ points: points.map(moved), label: moved(label) })),
  };
}
