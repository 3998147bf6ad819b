import { appVersion } from '../../platform/version.ts';
import type { Route } from '../route.ts';

/** What a client asks about the server itself. Everything optional is off. */
export const serverRoutes: Route[] = [
  { method: 'GET', path: '/health', api: 'root', handle: () => 'OK' },
  { method: 'GET', path: '/version', api: 'root', handle: () => appVersion },
  {
    method: 'GET',
    path: 'mlflow/server-info',
    api: '3.0',
    handle: () => ({
      store_type: 'SqlStore',
      workspaces_enabled: false,
      trace_archival_enabled: false,
      multipart_uploads_enabled: false,
      multipart_downloads_enabled: false,
    }),
  },
];
