import type { ViewProps } from '../base/view-props.ts';
import './object.css';

export function ObjectView({ index }: ViewProps) {
  return <section class="object-view">{index.systems.length} systems</section>;
}
