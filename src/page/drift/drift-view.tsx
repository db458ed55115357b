import type { ViewProps } from '../base/view-props.ts';
import './drift.css';

export function DriftView({ index }: ViewProps) {
  return <section class="drift-view">{index.systems.length} systems</section>;
}
