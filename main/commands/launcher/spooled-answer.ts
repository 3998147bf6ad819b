/** Calls that can be answered before they are stored: their answer says nothing that only the store knows. */
const empty = new Set([
  'runs/log-metric',
  'runs/log-batch',
  'runs/log-parameter',
  'runs/set-tag',
  'runs/log-inputs',
  'runs/outputs',
]);

/**
 * The answer to a call while the tracking server is away, or null when only the server can answer it. `path` without its
 * query; `body` is the parsed JSON of the call.
 */
export function spooledAnswer(method: string, path: string, body: unknown): Record<string, unknown> | null {
  const name = /^\/(?:ajax-)?api\/2\.0\/mlflow\/(.+)$/.exec(path)?.[1];
  if (method !== 'POST' || name === undefined || typeof body !== 'object' || body === null) return null;
  if (empty.has(name)) return {};
  if (name !== 'runs/update') return null;
  // The client makes a run of the answer, and uses no more of it than it has sent.
  const { run_id, run_uuid, status = 'RUNNING', end_time = 0 } = body as Record<string, unknown>;
  const id = run_id ?? run_uuid;
  const info = { run_id: id, run_uuid: id, status, end_time, experiment_id: '', lifecycle_stage: 'active' };
  return { run_info: info };
}
