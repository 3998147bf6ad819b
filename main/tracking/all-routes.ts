import type { Route } from './route.ts';
import { artifactRoutes } from './routes/artifacts.ts';
import { experimentRoutes } from './routes/experiments.ts';
import { modelVersionRoutes } from './routes/model-versions.ts';
import { registeredModelRoutes } from './routes/registered-models.ts';
import { runRoutes } from './routes/runs.ts';
import { serverRoutes } from './routes/server.ts';

/** Every route of the server, one table per file of routes/. */
export const allRoutes: Route[] = [
  ...serverRoutes,
  ...experimentRoutes,
  ...runRoutes,
  ...registeredModelRoutes,
  ...modelVersionRoutes,
  ...artifactRoutes,
];
