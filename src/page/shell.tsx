import { routeTo, type View } from './base/route.ts';
import { Said } from './base/said.tsx';
import { useIndex } from './base/use-report.ts';
import { useRoute } from './base/use-route.ts';
import type { ViewProps } from './base/view-props.ts';
import { ChangeView } from './change/change-view.tsx';
import { DriftView } from './drift/drift-view.tsx';
import { FleetView } from './fleet/fleet-view.tsx';
import { ObjectView } from './object/object-view.tsx';
import { ProblemsView } from './problems/problems-view.tsx';
import { PromotionView } from './promotion/promotion-view.tsx';
import { SystemView } from './system/system-view.tsx';
import './shell.css';

const shown: Readonly<Record<View, (props: ViewProps) => preact.JSX.Element>> = {
  fleet: FleetView,
  system: SystemView,
  object: ObjectView,
  change: ChangeView,
  promotion: PromotionView,
  drift: DriftView,
  problems: ProblemsView,
};

const titles: Readonly<Record<View, string>> = {
  fleet: 'Fleet',
  system: 'Systems',
  object: 'Objects',
  change: 'Changes',
  promotion: 'Promotion',
  drift: 'Drift',
  problems: 'Problems',
};

/** Header, ways to the views, and the view that the address names. */
export function Shell() {
  const index = useIndex();
  const route = useRoute();
  const View = shown[route.view];
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="shell-header">
        <h1>
          <Said text={index.fleet.name} />
        </h1>
        <nav aria-label="Views">
          {(Object.keys(titles) as View[]).map((view) => (
            <a key={view} href={routeTo(view)} aria-current={view === route.view ? 'page' : undefined}>
              {titles[view]}
            </a>
          ))}
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        <View index={index} route={route} />
      </main>
    </>
  );
}
