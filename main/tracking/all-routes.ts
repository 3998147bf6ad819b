import type { Route } from './route.ts';
import { artifactRoutes } from './routes/artifacts.ts';
import { editExperimentRoutes } from './routes/edit-experiments.ts';
import { editRunRoutes } from './routes/edit-runs.ts';
import { experimentRoutes } from './routes/experiments.ts';
import { historyRoutes } from './routes/history.ts';
import { logRoutes } from './routes/log.ts';
import { modelVersionRoutes } from './routes/model-versions.ts';
import { registeredModelRoutes } from './routes/registered-models.ts';
import { runRoutes } from './routes/runs.ts';
import { searchRunRoutes } from './routes/search-runs.ts';
import { serverRoutes } from './routes/server.ts';

/** Every route of the server, one table per file of routes/. */
export const allRoutes: Route[] = [
  ...serverRoutes,
  ...experimentRoutes,
  ...registeredModelRoutes,
  ...modelVersionRoutes,
  ...artifactRoutes,
  ...editExperimentRoutes,
  ...runRoutes,
  ...editRunRoutes,
  ...searchRunRoutes,
  ...logRoutes,
  ...historyRoutes,
];
