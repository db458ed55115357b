import { useEffect } from 'preact/hooks';
import type { View } from './base/route.ts';
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
import { SearchBox } from './search/search-box.tsx';
import { MadeAt } from './shell/made-at.tsx';
import { Notes } from './shell/notes.tsx';
import { ThemeSwitch } from './shell/theme-switch.tsx';
import { focusContent, useArrival } from './shell/use-arrival.ts';
import { ViewLinks } from './shell/view-links.tsx';
import { titleOf } from './shell/view-titles.ts';
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

/** Header, ways to the views, and the view that the address names. */
export function Shell() {
  const index = useIndex();
  const route = useRoute();
  const View = shown[route.view];
  const title = titleOf(route, index.fleet.name);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useArrival(route);
  return (
    <>
      {/* No link: what stands behind the `#` is the route. */}
      <button type="button" class="skip" onClick={focusContent}>
        Skip to the content
      </button>
      <header class="shell-header">
        <div class="shell-fleet">
          <h1>
            <Said text={index.fleet.name} />
          </h1>
          {index.fleet.description !== null && (
            <p class="faint">
              <Said text={index.fleet.description} />
            </p>
          )}
        </div>
        <MadeAt at={index.at} />
        <ThemeSwitch />
        <SearchBox index={index} route={route} />
        <ViewLinks index={index} current={route.view} />
      </header>
      <Notes notes={index.notes} />
      <main id="main" tabIndex={-1}>
        <View index={index} route={route} />
      </main>
    </>
  );
}
