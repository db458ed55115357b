import { nice, ticks } from 'd3-array';
import { area, curveStepAfter, type SeriesPoint, stack } from 'd3-shape';
import { utcTicks } from 'd3-time';
import { standings } from './group-entries.ts';
import type { HistoryPoint } from './history.ts';

export const margin = { top: 18, right: 12, bottom: 24, left: 30 };

export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface ChartShapes {
  /** One on top of the other, what is new at the bottom, where its height can be read. */
  readonly bands: readonly { readonly standing: (typeof standings)[number]; readonly path: string }[];
  readonly marks: readonly { readonly x: number; readonly y: number; readonly point: HistoryPoint }[];
  readonly across: readonly Tick[];
  readonly up: readonly Tick[];
}

/** Where everything of the chart stands; counts stay as they are until the next run. */
export function chartShapes(points: readonly HistoryPoint[], width: number, height: number): ChartShapes {
  const [first, last] = [points[0]?.time ?? 0, points.at(-1)?.time ?? 0];
  // Else what the last run found, which counts most, would be a line without width.
  const end = last + Math.max(0.04 * (last - first), hour);
  const x = along([first, end], [margin.left, width - margin.right]);
  const [, highest] = nice(0, Math.max(1, ...points.map(total)), 4);
  const y = along([0, highest], [height - margin.bottom, margin.top]);
  const held = [...points, { ...(points.at(-1) as HistoryPoint), time: end }];
  const bandOf = area<SeriesPoint<HistoryPoint>>()
    .x(({ data }) => x(data.time))
    .y0((band) => y(band[0]))
    .y1((band) => y(band[1]))
    .curve(curveStepAfter);
  const layers = stack<unknown, HistoryPoint, (typeof standings)[number]>()
    .keys(standings)
    .value((point, standing) => point[standing])(held);
  return {
    bands: layers.map((layer) => ({ standing: layer.key, path: bandOf(layer) ?? '' })),
    marks: points.map((point) => ({ x: x(point.time), y: y(total(point)), point })),
    across: utcTicks(new Date(first), new Date(end), Math.max(2, Math.floor(width / 90)))
      .map((tick) => ({ at: x(tick.getTime()), text: sayTick(tick) }))
      .filter(({ at }) => at > 20 && at < width - 20),
    up: ticks(0, highest, 4)
      .filter(Number.isInteger)
      .map((tick) => ({ at: y(tick), text: String(tick) })),
  };
}

type Stretch = readonly [from: number, to: number];

/** Where a value of one stretch lies on another. */
function along([low, high]: Stretch, [from, to]: Stretch): (value: number) => number {
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

/** The mark that is nearest to a place on the way across. */
export function nearestMark({ marks }: ChartShapes, x: number): number {
  const distances = marks.map((mark) => Math.abs(mark.x - x));
  return distances.indexOf(Math.min(...distances));
}

const hour = 3_600_000;

function total(point: HistoryPoint): number {
  return point.new + point.expired + point.accepted;
}

function sayTick(time: Date): string {
  const isMidnight = time.getTime() % (24 * hour) === 0;
  const words: Intl.DateTimeFormatOptions = isMidnight
    ? { day: 'numeric', month: 'short' }
    : { hour: '2-digit', minute: '2-digit' };
  return time.toLocaleString('en-GB', { ...words, timeZone: 'UTC' });
}
