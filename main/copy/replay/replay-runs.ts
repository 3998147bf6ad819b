import type { RunDetail } from '../../../shared/model/run.ts';
import { listStepRecords } from '../../store/imports/step-records.ts';
import { showRun } from '../../store/run-detail.ts';
import type { ReadableVault } from '../../store/vault.ts';
import { addDone, demandWanted } from '../watch.ts';
import type { ReplayDone, ReplayWish } from '../wish.ts';
import { createLoopbackClient } from './loopback-client.ts';
import { type Json, type MlflowApi, mlflowApi } from './mlflow-api.ts';
import { createTags, keyProblem, paramEntries, runTag, statusThere } from './names.ts';
import { replayArtifacts } from './replay-artifacts.ts';
import { replayInputs } from './replay-inputs.ts';
import { replayMetrics } from './replay-metrics.ts';
import { replayModels } from './replay-models.ts';

/**
 * Brings runs to a tracking server of this machine, study by study. A run that was brought before is found by its tag and gets
 * what is missing, so a repeat adds nothing. What MLflow cannot hold is left out and listed. Throws SERVER_REFUSED,
 * SERVER_UNREACHABLE, ADDRESS_REFUSED, RUN_NOT_FOUND.
 */
export async function replayRuns(vault: ReadableVault, { ids, url, token, watch }: ReplayWish): Promise<ReplayDone> {
  const client = createLoopbackClient(url, token);
  const api = mlflowApi(client);
  const done: ReplayDone = { runs: 0, created: 0, points: 0, files: 0, skipped: [] };
  const experiments = new Map<string, string>();
  const there = new Map<string, string>();
  try {
    for (const run of parentsFirst(ids.map((id) => showRun(vault, id)))) {
      demandWanted(watch, thereStays);
      const experiment = experiments.get(run.study) ?? (await experimentOf(api, run.study));
      experiments.set(run.study, experiment);
      const found = await findRun(api, experiment, run.id);
      const parent = run.parent === null ? undefined : there.get(run.parent);
      const info = found ?? (await createRun(api, experiment, run, parent));
      const id = String(info['run_id']);
      there.set(run.id, id);
      await logParams(api, id, run, done);
      done.points += await replayMetrics(vault, api, id, run, found !== null, done.skipped);
      demandWanted(watch, thereStays);
      done.files += await replayArtifacts(vault, api, run, String(info['artifact_uri']), done.skipped);
      await replayInputs(vault, api, id, run.id);
      done.files += await replayModels(vault, api, { there: id, experiment, run }, done.skipped);
      const records = listStepRecords(vault.db, run.id).reduce((sum, { count }) => sum + count, 0);
      if (records > 0) done.skipped.push(`${run.id}: ${records} records by step: MLflow has no place for them`);
      await finish(api, id, run);
      done.runs += 1;
      addDone(watch, { runs: 1, bytes: run.artifacts.reduce((sum, { bytes }) => sum + bytes, 0) });
      if (found === null) done.created += 1;
    }
    return done;
  } finally {
    client.close();
  }
}

const thereStays = 'What was sent before stays on the server; a repeat takes the rest.';

async function experimentOf(api: MlflowApi, name: string): Promise<string> {
  const found = await api.find('experiments/get-by-name', { experiment_name: name });
  if (found !== null) return String((found['experiment'] as Json)['experiment_id']);
  return String((await api.post('experiments/create', { name }))['experiment_id']);
}

async function findRun(api: MlflowApi, experiment: string, id: string): Promise<Json | null> {
  const { runs } = await api.post('runs/search', {
    experiment_ids: [experiment],
    filter: `tags.\`${runTag}\` = '${id}'`,
    run_view_type: 'ALL',
    max_results: 1,
  });
  const [first] = (runs as Json[] | undefined) ?? [];
  return first === undefined ? null : (first['info'] as Json);
}

async function createRun(
  api: MlflowApi,
  experiment: string,
  run: RunDetail,
  parent: string | undefined,
): Promise<Json> {
  const made = await api.post('runs/create', {
    experiment_id: experiment,
    run_name: run.name,
    start_time: run.startedAt ?? run.createdAt,
    tags: createTags(run, parent),
  });
  return (made['run'] as Json)['info'] as Json;
}

async function logParams(api: MlflowApi, id: string, run: RunDetail, done: ReplayDone): Promise<void> {
  const entries = paramEntries(run);
  const fit = entries.filter(({ key, value }) => {
    const problem = keyProblem(key) ?? (value.length > 6_000 ? 'its value has more than 6,000 characters' : null);
    if (problem !== null) done.skipped.push(`${run.id}: param ${key}: ${problem}`);
    return problem === null;
  });
  for (let from = 0; from < fit.length; from += 100)
    await api.post('runs/log-batch', { run_id: id, params: fit.slice(from, from + 100) });
}

async function finish(api: MlflowApi, id: string, run: RunDetail): Promise<void> {
  const ended = run.endedAt === null ? {} : { end_time: run.endedAt };
  await api.post('runs/update', { run_id: id, status: statusThere(run.status), ...ended });
}

/** Parents that are copied too come first, so that a child can name its parent there. */
function parentsFirst(runs: readonly RunDetail[]): RunDetail[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const ordered = new Set<RunDetail>();
  const add = (run: RunDetail, below: readonly RunDetail[]): void => {
    const parent = run.parent === null ? undefined : byId.get(run.parent);
    if (parent !== undefined && !ordered.has(parent) && !below.includes(parent)) add(parent, [...below, run]);
    ordered.add(run);
  };
  for (const run of runs) add(run, []);
  return [...ordered];
}
