import type { ViewProps } from '../base/view-props.ts';
import './system.css';

export function SystemView({ index }: ViewProps) {
  return <section class="system-view">{index.systems.length} systems</section>;
}
