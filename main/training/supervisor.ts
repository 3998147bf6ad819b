import { AppError, type ErrorCode, toFailure } from '../../shared/errors.ts';
import { applicableParams } from '../../shared/model/applicable-params.ts';
import type { RunStatus } from '../../shared/model/run.ts';
import type { MetricPoint } from '../../shared/model/series.ts';
import { type TrainSpec, type TrainWish, trainSpec } from '../../shared/model/train-spec.ts';
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
import { startTrainer, stopped, type Trainer, type TrainerEnd } from './run-trainer.ts';
import { takeStopRequest } from './stop-request.ts';

export type RunNews =
  | { type: 'started'; id: string; engine: ChosenEngine }
  | { type: 'progress'; id: string; done: number; leftMs: number | null }
  | { type: 'points'; id: string; points: MetricPoint[] }
  | { type: 'ended'; id: string; status: RunStatus; reason: string | null; code: ErrorCode | null };

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
  start(spec: TrainWish): Promise<{ id: string }>;
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
  /** Started while the wish is checked when nothing else trains, so that the first metric comes sooner. */
  trainer: Trainer | null;
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

  const newTrainer = (): Trainer => startTrainer(options.entry ?? entryUrl('training/trainer'));

  async function start(wish: TrainWish): Promise<{ id: string }> {
    const idle = current === null && queue.length === 0;
    const trainer = idle ? newTrainer() : null;
    try {
      return await enqueue(wish, trainer);
    } catch (error) {
      trainer?.discard();
      throw error;
    }
  }

  async function enqueue(wish: TrainWish, trainer: Trainer | null): Promise<{ id: string }> {
    const asked = trainSpec.parse(wish);
    const recipe = findRecipe(asked.recipe);
    const checked = checkParams(recipe, asked.params);
    const version = await client.call('internal.datasetVersion', asked.dataset);
    const whole: TrainSpec = { ...asked, params: checked, dataset: { name: version.name, version: version.version } };
    // Reads the data in a reader's process or thread and throws what would stop the run, before anything is written.
    const [estimate, engine] = await Promise.all([
      client.call('training.estimate', whole),
      chooseEngine(recipe, whole.engine),
    ]);
    const params = applicableParams(recipe.params, estimate.task, checked);
    const spec: TrainSpec = { ...whole, params };
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
    const job: Job = { id, spec, version, engine, trainer, stopReason: null, ended: Promise.withResolvers() };
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
    const end = job.stopReason === null ? await train(job) : stopped(job.stopReason);
    await record(job.id, end);
    options.onNews?.({ type: 'ended', id: job.id, status: end.status, reason: end.reason, code: end.code });
    job.ended.resolve(end.status);
    current = null;
    void pump();
  }

  async function train(job: Job): Promise<TrainerEnd> {
    const { id, spec, version, engine } = job;
    const trainer = job.trainer ?? newTrainer();
    job.trainer = trainer;
    const outbox = new Outbox(client, id, ({ code, message }) => trainer.fail(code, message));
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
          .catch((error: unknown) => {
            const { code, message } = toFailure(error);
            trainer.fail(code, message);
          });
        options.onNews?.({ type: 'started', id, engine });
      } else if (message.type === 'points') {
        outbox.points(message.points);
        options.onNews?.({ type: 'points', id, points: message.points });
      } else if (message.type === 'progress') {
        outbox.progress(message.done, message.leftMs);
        options.onNews?.({ type: 'progress', id, done: message.done, leftMs: message.leftMs });
      } else if (message.type === 'log') outbox.log(message.text);
    };
    const watching = new AbortController();
    if (trainer.pid !== undefined) options.watch?.(id, trainer.pid, watching.signal);
    const begin = { type: 'begin', runId: id, vaultDir, version, spec, engine: engine.engine } as const;
    const end = await trainer.run(begin, { onMessage, onText: (text) => outbox.log(text) });
    watching.abort();
    await starting;
    await outbox.drained();
    return end;
  }

  /** Until the store takes it: after a full disk the end of a run is still recorded once there is room. */
  async function record(id: string, end: TrainerEnd): Promise<void> {
    for (;;) {
      const error = await client
        .call('internal.finishRun', { id, status: end.status, reason: end.reason, result: end.result })
        .then(
          () => null,
          (reason: unknown) => reason,
        );
      if (error === null || closing) return;
      if (!(error instanceof AppError && ['DISK_FULL', 'BUSY', 'VAULT_READ_ONLY'].includes(error.code))) {
        if (end.result === null) return;
        return record(id, {
          status: 'failed',
          reason: 'The result of the run could not be stored.',
          code: 'INTERNAL',
          result: null,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
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
      job.trainer?.discard();
      void record(id, stopped(reason)).then(() => {
        options.onNews?.({ type: 'ended', id, status: 'stopped', reason, code: null });
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
  return {
    split: started.split,
    features: started.features,
    classes: started.classes,
    environment: captureEnvironment(engine.gpu, engine.driver, engine.packages),
    dataset: { name: version.name, version: version.version, hash: version.hash, subjectMode: version.subjectMode },
  };
}
