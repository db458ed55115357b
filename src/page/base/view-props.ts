import type { ReportIndex } from '../../report/report.ts';
import type { Route } from './route.ts';

/** What a view is given. */
export interface ViewProps {
  readonly index: ReportIndex;
  readonly route: Route;
}
