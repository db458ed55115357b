import { type ChartShapes, margin } from './chart-shapes.ts';
import type { standings } from './group-entries.ts';

interface ChartDrawingProps {
  readonly shapes: ChartShapes;
  readonly size: { readonly width: number; readonly height: number };
  /** Which run is pointed at. */
  readonly at: number;
  /** What that run found. */
  readonly said: string;
  readonly onPoint: (at: number) => void;
  readonly onPlace: (x: number) => void;
}

/** The picture of the history. One run after the other is pointed at by arrow keys, as by a slider. */
export function ChartDrawing({ shapes, size: { width, height }, at, said, onPoint, onPlace }: ChartDrawingProps) {
  const { bands, marks, across, up } = shapes;
  const last = marks.length - 1;
  const ground = height - margin.bottom;
  const current = marks[at];
  const byKey = (event: KeyboardEvent) => {
    const to = stepOf(event.key, at, last);
    if (to === undefined) return;
    event.preventDefault();
    onPoint(Math.max(0, Math.min(last, to)));
  };
  const byPointer = (event: PointerEvent & { readonly currentTarget: HTMLDivElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    onPlace(((event.clientX - box.left) * width) / box.width);
  };
  return (
    <div
      class="drift-chart"
      tabIndex={0}
      role="slider"
      aria-label="Runs"
      aria-valuemin={1}
      aria-valuemax={last + 1}
      aria-valuenow={at + 1}
      aria-valuetext={said}
      onKeyDown={byKey}
      onPointerMove={byPointer}
      onPointerDown={byPointer}
    >
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        <Patterns />
        {up.map((tick) => (
          <g key={tick.text}>
            <line class="drift-line" x1={margin.left} x2={width - margin.right} y1={tick.at} y2={tick.at} />
            <text class="drift-tick" x={margin.left - 6} y={tick.at} dy="0.32em" text-anchor="end">
              {tick.text}
            </text>
          </g>
        ))}
        {across.map((tick) => (
          <g key={tick.at}>
            <line class="drift-line strong" x1={tick.at} x2={tick.at} y1={ground} y2={ground + 4} />
            <text class="drift-tick" x={tick.at} y={height - 6} text-anchor="middle">
              {tick.text}
            </text>
          </g>
        ))}
        {bands.map(({ standing, path }) => (
          <path key={standing} class={`drift-band ${standing}`} d={path} fill={`url(#drift-fill-${standing})`} />
        ))}
        {current !== undefined && <line class="drift-cursor" x1={current.x} x2={current.x} y1={margin.top - 8} y2={ground} />}
        {marks.map(({ x, y, point }, place) =>
          point.unseen > 0 ? (
            <g key={point.at} class={place === at ? 'drift-mark current' : 'drift-mark'}>
              <line class="drift-hole-line" x1={x} x2={x} y1={margin.top} y2={ground} />
              <path class="drift-hole" d={`M${x} ${y - 7}L${x + 7} ${y + 5}H${x - 7}Z`} />
            </g>
          ) : (
            <circle
              key={point.at}
              class={place === at ? 'drift-mark current' : 'drift-mark'}
              cx={x}
              cy={y}
              r={place === at ? 5 : 3.5}
            />
          ),
        )}
      </svg>
    </div>
  );
}

/** Told apart by how they are hatched too, not only by their colours. */
function Patterns() {
  return (
    <defs>
      <pattern id="drift-fill-new" width="8" height="8" patternUnits="userSpaceOnUse">
        <rect class="drift-ink new" width="8" height="8" />
      </pattern>
      <pattern id="drift-fill-expired" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="drift-wash expired" width="7" height="7" />
        <rect class="drift-ink expired" width="2.5" height="7" />
      </pattern>
      <pattern id="drift-fill-accepted" width="7" height="7" patternUnits="userSpaceOnUse">
        <rect class="drift-wash accepted" width="7" height="7" />
        <circle class="drift-ink accepted" cx="2" cy="2" r="1.1" />
      </pattern>
    </defs>
  );
}

export function Swatch({ standing }: { readonly standing: (typeof standings)[number] }) {
  return (
    <svg width="18" height="12" aria-hidden="true">
      <rect class={`drift-band ${standing}`} x="0.75" y="0.75" width="16.5" height="10.5" fill={`url(#drift-fill-${standing})`} />
    </svg>
  );
}

function stepOf(key: string, at: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return at - 1;
    case 'ArrowRight':
    case 'ArrowUp':
      return at + 1;
    case 'PageDown':
      return at - 5;
    case 'PageUp':
      return at + 5;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
