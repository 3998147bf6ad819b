import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { ButtonLink } from './ui/button.tsx';
import { loadPlotly } from './ui/load-plotly.ts';
import { to } from './ui/navigation.ts';
import { EmptyState, ScreenHeader } from './ui/screen.tsx';

const RunsScreen = lazy(() => import('./features/runs/screen.tsx').then((m) => ({ default: m.RunsScreen })));
const importRun = () => import('./features/run/screen.tsx');
const RunScreen = lazy(() => importRun().then((m) => ({ default: m.RunScreen })));
const CompareScreen = lazy(() => import('./features/compare/screen.tsx').then((m) => ({ default: m.CompareScreen })));
const TrainScreen = lazy(() =>
  import('./features/train/screen.tsx').then((m) => {
    // Start leads to a run with curves: both are fetched while the form is filled in.
    requestIdleCallback(() => Promise.all([importRun(), loadPlotly()]));
    return { default: m.TrainScreen };
  }),
);
const DatasetsScreen = lazy(() =>
  import('./features/datasets/screen.tsx').then((m) => ({ default: m.DatasetsScreen })),
);
const ModelsScreen = lazy(() => import('./features/models/screen.tsx').then((m) => ({ default: m.ModelsScreen })));
const HardwareScreen = lazy(() =>
  import('./features/hardware/screen.tsx').then((m) => ({ default: m.HardwareScreen })),
);
const ExportsScreen = lazy(() => import('./features/exports/screen.tsx').then((m) => ({ default: m.ExportsScreen })));
const ActivityScreen = lazy(() =>
  import('./features/activity/screen.tsx').then((m) => ({ default: m.ActivityScreen })),
);
const SettingsScreen = lazy(() =>
  import('./features/settings/screen.tsx').then((m) => ({ default: m.SettingsScreen })),
);

/** Every address of the window; screens read their own parameters with useParams. */
export function Screens() {
  return (
    <Switch>
      <Route path="/" component={RunsScreen} />
      <Route path="/study/:study" component={RunsScreen} />
      <Route path="/run/:id/:tab?" component={RunScreen} />
      <Route path="/compare/:ids?" component={CompareScreen} />
      <Route path="/train/:dataset?/:version?" component={TrainScreen} />
      <Route path="/datasets/:name?/:version?" component={DatasetsScreen} />
      <Route path="/models/:name?/:version?" component={ModelsScreen} />
      <Route path="/hardware" component={HardwareScreen} />
      <Route path="/export/:ids?" component={ExportsScreen} />
      <Route path="/activity" component={ActivityScreen} />
      <Route path="/settings" component={SettingsScreen} />
      <Route>
        <ScreenHeader title="Not here" />
        <EmptyState actions={<ButtonLink to={to.runs}>Runs</ButtonLink>}>This address belongs to no screen.</EmptyState>
      </Route>
    </Switch>
  );
}
