import type { ViewProps } from '../base/view-props.ts';
import './change.css';

export function ChangeView({ index }: ViewProps) {
  return <section class="change-view">{index.systems.length} systems</section>;
}
