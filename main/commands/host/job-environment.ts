import { offlineVariables } from '../network/offline-variables.ts';

/**
 * What a command's environment gets on top of the person's own; a null takes a variable away. The launcher adds the address of
 * the tracking server, which it learns last.
 */
export function jobEnvironment(
  run: { id: string; experiment: string; token: string },
  networkAllowed: boolean,
  env: NodeJS.ProcessEnv,
): Record<string, string | null> {
  return {
    ...offlineVariables(networkAllowed, env),
    MLFLOW_TRACKING_TOKEN: run.token,
    MLFLOW_RUN_ID: run.id,
    MLFLOW_EXPERIMENT_ID: run.experiment,
    // Each of these would send the client elsewhere, or win over the token.
    MLFLOW_EXPERIMENT_NAME: null,
    MLFLOW_REGISTRY_URI: null,
    MLFLOW_TRACKING_USERNAME: null,
    MLFLOW_TRACKING_PASSWORD: null,
    MLFLOW_TRACKING_AUTH: null,
    MLFLOW_TRACKING_AWS_SIGV4: null,
    // A proxy would be asked for this machine's own address too.
    NO_PROXY: noProxy(env['NO_PROXY'] ?? env['no_proxy']),
    no_proxy: noProxy(env['no_proxy'] ?? env['NO_PROXY']),
    // The output goes to a file and is read live.
    PYTHONUNBUFFERED: '1',
    WARDBOOK_RUN: run.id,
  };
}

const noProxy = (before: string | undefined): string =>
  [...new Set(['127.0.0.1', 'localhost', ...(before ?? '').split(',').filter(Boolean)])].join(',');
