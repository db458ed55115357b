import type { ViewProps } from '../base/view-props.ts';
import './fleet.css';

export function FleetView({ index }: ViewProps) {
  return <section class="fleet-view">{index.systems.length} systems</section>;
}
