import type { Route } from './route.ts';
import { artifactRoutes } from './routes/artifacts.ts';
import { editExperimentRoutes } from './routes/edit-experiments.ts';
import { editRunRoutes } from './routes/edit-runs.ts';
import { experimentRoutes } from './routes/experiments.ts';
import { historyRoutes } from './routes/history.ts';
import { inputRoutes } from './routes/inputs.ts';
import { logRoutes } from './routes/log.ts';
import { loggedModelRoutes } from './routes/logged-models.ts';
import { modelVersionRoutes } from './routes/model-versions.ts';
import { registeredModelRoutes } from './routes/registered-models.ts';
import { runRoutes } from './routes/runs.ts';
import { searchRunRoutes } from './routes/search-runs.ts';
import { serverRoutes } from './routes/server.ts';

/** Every route of the server, one table per file of routes/. */
export const allRoutes: Route[] = [
  ...serverRoutes,
  ...experimentRoutes,
  ...runRoutes,
  ...registeredModelRoutes,
  ...modelVersionRoutes,
  ...artifactRoutes,
  ...editExperimentRoutes,
  ...editRunRoutes,
  ...searchRunRoutes,
  ...logRoutes,
  ...historyRoutes,
  ...inputRoutes,
  ...loggedModelRoutes,
];
