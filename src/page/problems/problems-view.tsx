import type { ViewProps } from '../base/view-props.ts';
import './problems.css';

export function ProblemsView({ index }: ViewProps) {
  return <section class="problems-view">{index.systems.length} systems</section>;
}
