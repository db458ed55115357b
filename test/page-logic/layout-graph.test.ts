import { describe, expect, test } from 'vitest';
import { type Box, type Layout, type Line, layoutGraph } from '../../src/page/system/layout-graph.ts';

const box = (id: string, rim: Box['rim'] = null): Box => ({ id, width: 120, height: 44, rim });
const line = (from: string, to: string, orders = true): Line => ({ from, to, width: 60, height: 14, orders });

function expectNoOverlap({ boxes }: Layout): void {
  const all = [...boxes];
  for (const [place, [name, a]] of all.entries())
    for (const [other, b] of all.slice(place + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(apart, `${name} lies on ${other}`).toBe(true);
    }
}

function expectAllPlaced(layout: Layout, boxes: readonly Box[], lines: readonly Line[]): void {
  expect([...layout.boxes.keys()]).toEqual(boxes.map(({ id }) => id));
  for (const { x, y, width, height } of layout.boxes.values()) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(layout.width);
    expect(y + height).toBeLessThanOrEqual(layout.height);
  }
  expect(layout.lines).toHaveLength(lines.length);
  for (const { points } of layout.lines) expect(points.length).toBeGreaterThan(1);
}

/** Whether a line begins at the one and ends at the other. */
function expectJoined(layout: Layout, lines: readonly Line[]): void {
  for (const [place, { from, to }] of lines.entries()) {
    const points = layout.lines[place]?.points ?? [];
    for (const [point, id] of [[points[0], from] as const, [points.at(-1), to] as const]) {
      const at = layout.boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
      expect(point?.x).toBeGreaterThanOrEqual(at.x - 1);
      expect(point?.x).toBeLessThanOrEqual(at.x + at.width + 1);
      expect(point?.y).toBeGreaterThanOrEqual(at.y - 1);
      expect(point?.y).toBeLessThanOrEqual(at.y + at.height + 1);
    }
  }
}

/** A system of that size in six layers, whose components need some of those behind them and talk to some before them. */
function large(count: number): { boxes: Box[]; lines: Line[] } {
  const boxes = Array.from({ length: count }, (_, place) => box(`c${place}`, place >= count - 4 ? 'end' : null));
  const layer = Math.ceil(count / 6);
  const lines = boxes.flatMap((_, place) => {
    const behind = [layer + (place % 3), layer + ((place * 7) % layer)].map((step) => place + step).filter((to) => to < count);
    const before = place % 5 === 0 && place > layer && place < count - 4 ? [line(`c${place}`, `c${place - layer}`, false)] : [];
    return [...[...new Set(behind)].map((to) => line(`c${place}`, `c${to}`)), ...before];
  });
  return { boxes, lines };
}

describe('the layout', () => {
  test('places everything, with no box on another', () => {
    const { boxes, lines } = large(20);
    const layout = layoutGraph(boxes, lines);
    expectAllPlaced(layout, boxes, lines);
    expectNoOverlap(layout);
    expectJoined(layout, lines);
  });

  test('goes from what needs to what is needed', () => {
    const { boxes } = layoutGraph([box('db'), box('web')], [line('web', 'db')]);
    expect(boxes.get('web')?.x).toBeLessThan(boxes.get('db')?.x as number);
  });

  test('has what is external at the end, whoever needs it, and nothing else there', () => {
    const boxes = [box('a'), box('b'), box('c'), box('alone'), box('s3', 'end'), box('db', 'end'), box('unused', 'end')];
    const lines = [line('a', 'b'), line('b', 'c'), line('a', 's3'), line('c', 'db')];
    const layout = layoutGraph(boxes, lines);
    const at = (id: string) => layout.boxes.get(id)?.x as number;
    expect(new Set(['s3', 'db', 'unused'].map(at)).size).toBe(1);
    for (const id of ['a', 'b', 'c', 'alone']) expect(at(id)).toBeLessThan(at('s3'));
  });

  test('has the outside at the start, also where others reach what is exposed', () => {
    const boxes = [box('prometheus'), box('job'), box('api'), box('db'), box('outside', 'start')];
    const lines = [line('prometheus', 'job'), line('job', 'api'), line('api', 'db'), line('outside', 'api', false)];
    const layout = layoutGraph(boxes, lines);
    const at = (id: string) => layout.boxes.get(id)?.x as number;
    for (const id of ['prometheus', 'job', 'api', 'db']) expect(at('outside')).toBeLessThan(at(id));
  });

  test('survives circles of those who only talk, and keeps the order of those who wait', () => {
    const boxes = [box('coordinator'), box('tablet'), box('self')];
    const lines = [
      line('coordinator', 'tablet', false),
      line('tablet', 'coordinator'),
      line('self', 'self', false),
      line('coordinator', 'self', false),
      line('self', 'tablet', false),
    ];
    const layout = layoutGraph(boxes, lines);
    expectAllPlaced(layout, boxes, lines);
    expectNoOverlap(layout);
    expectJoined(layout, lines);
    expect(layout.boxes.get('tablet')?.x).toBeLessThan(layout.boxes.get('coordinator')?.x as number);
  });

  test('names out of JavaScript are names like others', () => {
    const boxes = ['__proto__', 'constructor', 'start', 'end', 'toString'].map((id) => box(id));
    const lines = [line('__proto__', 'constructor'), line('start', 'end'), line('constructor', 'toString')];
    expectAllPlaced(layoutGraph(boxes, lines), boxes, lines);
  });

  test('of nothing is empty', () => {
    expect(layoutGraph([], [])).toMatchObject({ width: 0, height: 0, lines: [] });
  });

  test('of 60 components overlaps nowhere', () => {
    const { boxes, lines } = large(60);
    expectNoOverlap(layoutGraph(boxes, lines));
  });
});
