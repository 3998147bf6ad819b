import { AppError } from '../../shared/errors.ts';
import type { RunStatus } from '../../shared/model/run.ts';
import type { MetricPoint } from '../../shared/model/series.ts';
import { type TrainSpec, trainSpec } from '../../shared/model/train-spec.ts';
import { entryUrl } from '../platform/entry.ts';
import { captureEnvironment } from '../platform/environment.ts';
import { appDirty } from '../platform/version.ts';
import type { StoredVersion } from '../store/datasets.ts';
import type { VaultClient } from '../workers/client.ts';
import { type ChosenEngine, chooseEngine } from './engines/choose-engine.ts';
import { Outbox } from './outbox.ts';
import { runFingerprint } from './plan/fingerprint.ts';
import { datasetBadges } from './plan/plan-run.ts';
import type { FromTrainer } from './protocol.ts';
import { checkParams } from './recipes/check-params.ts';
import { findRecipe } from './recipes/declarations.ts';
import { runTrainer, type TrainerEnd, type TrainerHandle } from './run-trainer.ts';
import { takeStopRequest } from './stop-request.ts';

export type RunNews =
  | { type: 'started'; id: string; engine: ChosenEngine }
  | { type: 'progress'; id: string; done: number; leftMs: number | null }
  | { type: 'points'; id: string; points: MetricPoint[] }
  | { type: 'ended'; id: string; status: RunStatus; reason: string | null };

export type SupervisorOptions = {
  client: VaultClient;
  vaultDir: string;
  /** Told what happens, for a progress bar. */
  onNews?(news: RunNews): void;
  /** Watches a trainer's process tree until the signal aborts; the hardware feature's sampler. */
  watch?(runId: string, pid: number, signal: AbortSignal): void;
  /** Trainer to start; tests put a faulty one here. */
  entry?: URL;
};

export type Supervisor = {
  /** Checks the wish (throws the coded error that would stop the run), records the run and queues it. */
  start(spec: TrainSpec): Promise<{ id: string }>;
  /** RUN_NOT_RUNNING unless this process trains it or has it waiting. */
  stop(id: string): Promise<void>;
  wait(id: string): Promise<RunStatus>;
  list(): { id: string; status: 'queued' | 'running'; pid: number | null }[];
  /** Stops everything and waits until it is recorded. */
  close(): Promise<void>;
};

type Job = {
  id: string;
  spec: TrainSpec;
  version: StoredVersion;
  engine: ChosenEngine;
  trainer: TrainerHandle | null;
  stopReason: string | null;
  ended: PromiseWithResolvers<RunStatus>;
};

const POLL_MS = 500;
const RETRY_MS = 2_000;

/** Runs trainings one after the other, each in its own child, and records what becomes of them. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { client, vaultDir } = options;
  const queue: Job[] = [];
  const ended = new Map<string, Promise<RunStatus>>();
  let current: Job | null = null;
  let closing = false;
  let polling: NodeJS.Timeout | null = null;

  async function start(wish: TrainSpec): Promise<{ id: string }> {
    const asked = trainSpec.parse(wish);
    const recipe = findRecipe(asked.recipe);
    const params = checkParams(recipe, asked.params);
    const version = await client.call('internal.datasetVersion', asked.dataset);
    const spec: TrainSpec = { ...asked, params, dataset: { name: version.name, version: version.version } };
    // Reads the data in a reader's process or thread and throws what would stop the run, before anything is written.
    const [estimate, engine] = await Promise.all([
      client.call('training.estimate', spec),
      chooseEngine(recipe, spec.engine),
    ]);
    const { id } = await client.call('internal.createRun', {
      study: spec.study,
      name: spec.name ?? `${recipe.id} on ${version.name}`,
      recipe: recipe.id,
      task: estimate.task,
      seed: spec.seed,
      target: spec.target,
      dataset: { name: version.name, version: version.version },
      parent: null,
      params,
      tags: {},
      badges: [...datasetBadges(version), ...(appDirty ? (['dirty-code'] as const) : [])],
      fingerprint: runFingerprint(recipe, version, spec, estimate.features, params),
      documents: { features: estimate.features, spec },
    });
    const job: Job = { id, spec, version, engine, trainer: null, stopReason: null, ended: Promise.withResolvers() };
    ended.set(id, job.ended.promise);
    queue.push(job);
    polling ??= setInterval(pollStopRequests, POLL_MS);
    void pump();
    return { id };
  }

  async function pump(): Promise<void> {
    if (current !== null) return;
    const job = queue.shift();
    if (job === undefined) {
      if (polling) clearInterval(polling);
      polling = null;
      return;
    }
    current = job;
    const end =
      job.stopReason === null ? await train(job) : { status: 'stopped' as const, reason: job.stopReason, result: null };
    await record(job.id, end);
    options.onNews?.({ type: 'ended', id: job.id, status: end.status, reason: end.reason });
    job.ended.resolve(end.status);
    current = null;
    void pump();
  }

  async function train(job: Job): Promise<TrainerEnd> {
    const { id, spec, version, engine } = job;
    const outbox = new Outbox(client, id, (error) => trainer.fail((error as AppError).message));
    let starting: Promise<unknown> = Promise.resolve();
    const onMessage = (message: FromTrainer): void => {
      if (message.type === 'started') {
        starting = client
          .call('internal.startRun', {
            id,
            engine: engine.engine,
            engineReason: engine.reason,
            device: engine.device,
            documents: startDocuments(job, message),
          })
          .catch((error: unknown) =>
            trainer.fail(error instanceof AppError ? error.message : 'The run could not be recorded.'),
          );
        options.onNews?.({ type: 'started', id, engine });
      } else if (message.type === 'points') {
        outbox.points(message.points);
        options.onNews?.({ type: 'points', id, points: message.points });
      } else if (message.type === 'progress') {
        outbox.progress(message.done, message.leftMs);
        options.onNews?.({ type: 'progress', id, done: message.done, leftMs: message.leftMs });
      } else if (message.type === 'log') outbox.log(message.text);
    };
    const trainer = runTrainer({
      entry: options.entry ?? entryUrl('training/trainer'),
      begin: { type: 'begin', runId: id, vaultDir, version, spec, engine: engine.engine },
      onMessage,
      onText: (text) => outbox.log(text),
    });
    job.trainer = trainer;
    const watching = new AbortController();
    if (trainer.pid !== undefined) options.watch?.(id, trainer.pid, watching.signal);
    const end = await trainer.ended;
    watching.abort();
    await starting;
    await outbox.drained();
    return end;
  }

  /** Until the store takes it: after a full disk the end of a run is still recorded once there is room. */
  async function record(id: string, end: TrainerEnd): Promise<void> {
    for (;;) {
      try {
        await client.call('internal.finishRun', { id, ...end });
        return;
      } catch (error) {
        if (closing || !(error instanceof AppError) || !['DISK_FULL', 'BUSY', 'VAULT_READ_ONLY'].includes(error.code))
          return;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  function stopJob(id: string, reason: string): boolean {
    const job = current?.id === id ? current : queue.find((waiting) => waiting.id === id);
    if (job === undefined) return false;
    job.stopReason ??= reason;
    job.trainer?.stop(reason);
    if (job !== current) {
      // A waiting run ends at once, whatever is before it in the queue.
      queue.splice(queue.indexOf(job), 1);
      void record(id, { status: 'stopped', reason, result: null }).then(() => {
        options.onNews?.({ type: 'ended', id, status: 'stopped', reason });
        job.ended.resolve('stopped');
      });
    }
    return true;
  }

  function pollStopRequests(): void {
    for (const job of current === null ? queue : [current, ...queue]) {
      if (takeStopRequest(vaultDir, job.id)) stopJob(job.id, 'Stopped from another window or command line.');
    }
  }

  return {
    start,
    async stop(id) {
      if (!stopJob(id, 'Stopped by hand.')) throw new AppError('RUN_NOT_RUNNING', 'That run is not training here.');
      await ended.get(id);
    },
    wait: (id) => ended.get(id) ?? Promise.reject(new AppError('RUN_NOT_RUNNING', 'That run was not started here.')),
    list: () => [
      ...(current === null ? [] : [{ id: current.id, status: 'running' as const, pid: current.trainer?.pid ?? null }]),
      ...queue.map(({ id }) => ({ id, status: 'queued' as const, pid: null })),
    ],
    async close() {
      closing = true;
      for (const job of [...queue, ...(current === null ? [] : [current])]) {
        stopJob(job.id, 'Stopped because the app was closed.');
      }
      await Promise.all(ended.values());
      if (polling) clearInterval(polling);
    },
  };
}

function startDocuments(
  { engine, version }: Job,
  started: Extract<FromTrainer, { type: 'started' }>,
): Record<string, unknown> {
  const gpu = engine.engine === 'cpu' ? null : engine.device;
  return {
    split: started.split,
    features: started.features,
    classes: started.classes,
    environment: captureEnvironment(gpu, engine.driver),
    dataset: { name: version.name, version: version.version, hash: version.hash, subjectMode: version.subjectMode },
  };
}
