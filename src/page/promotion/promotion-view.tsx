import type { ViewProps } from '../base/view-props.ts';
import './promotion.css';

export function PromotionView({ index }: ViewProps) {
  return <section class="promotion-view">{index.systems.length} systems</section>;
}
