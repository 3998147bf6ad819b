import { type EvaluateWish, type RerunWish, rerunWish } from '../../shared/contract/training.ts';
import { AppError } from '../../shared/errors.ts';
import type { RerunVerdict, RunStatus } from '../../shared/model/run.ts';
import type { TrainWish } from '../../shared/model/train-spec.ts';
import { entryUrl } from '../platform/entry.ts';
import { takeStopRequest } from '../store/stop-request.ts';
import type { VaultClient } from '../workers/client.ts';
import { verifyRerun } from './rerun/verify-rerun.ts';
import { startTrainer, stopped, type Trainer } from './run-trainer.ts';
import type { Job, NewJob, RunNews } from './supervise/job.ts';
import { prepareResume, prepareTraining } from './supervise/prepare.ts';
import { prepareEvaluation } from './supervise/prepare-evaluation.ts';
import { prepareRerun } from './supervise/prepare-rerun.ts';
import { recordEnd } from './supervise/record-end.ts';
import { trainJob, type WatchTrainer } from './supervise/train-job.ts';

export type { RunNews };

export type SupervisorOptions = {
  client: VaultClient;
  vaultDir: string;
  /** Told what happens, for a progress bar. */
  onNews?(news: RunNews): void;
  /** The hardware feature's sampler. */
  watch?: WatchTrainer;
  /** Trainer to start; tests put a faulty one here. */
  entry?: URL;
};

export type Supervisor = {
  /** Checks the wish (throws the coded error that would stop the run), records the run and queues it. */
  start(spec: TrainWish): Promise<{ id: string }>;
  /** Goes on with a run that was interrupted, in whichever process it had been. RUN_NOT_FOUND, RUN_NOT_RESUMABLE. */
  resume(id: string): Promise<{ id: string }>;
  /** Applies a run's model to other data. DATASET_UNFIT, with what does not fit; MODEL_NOT_FOUND. */
  evaluate(wish: EvaluateWish): Promise<{ id: string }>;
  /** Runs a finished run again from its record. RUN_NOT_FOUND, RUN_NOT_REPEATABLE. */
  rerun(wish: RerunWish): Promise<{ id: string }>;
  /** What a rerun of this process came to, once that is known; null when it did not finish. */
  verdict(id: string): Promise<RerunVerdict | null>;
  /** RUN_NOT_RUNNING unless this process trains it or has it waiting. */
  stop(id: string): Promise<void>;
  wait(id: string): Promise<RunStatus>;
  list(): { id: string; status: 'queued' | 'running'; pid: number | null }[];
  /** Stops everything and waits until it is recorded. */
  close(): Promise<void>;
};

const POLL_MS = 500;

/**
 * Runs trainings, each in its own child, and records what becomes of them. When a run may begin is decided in the vault, over
 * all its processes: this one asks for each of its waiting runs in turn.
 */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { client, vaultDir } = options;
  const jobs: Job[] = [];
  const verdicts = new Map<string, Promise<RerunVerdict | null>>();
  const verifying = new Set<string>();
  const ended = new Map<string, Promise<RunStatus>>();
  let closing = false;
  let polling: NodeJS.Timeout | null = null;
  let asking: Promise<void> | null = null;

  const tell = (news: RunNews): void => options.onNews?.(news);
  const newTrainer = (): Trainer => startTrainer(options.entry ?? entryUrl('training/trainer'));

  async function rerun(wish: RerunWish): Promise<{ id: string }> {
    const asked = rerunWish.parse(wish);
    const made = await begin(() => prepareRerun(client, vaultDir, asked, 'rerun'));
    if (asked.verify) verifying.add(made.id);
    return made;
  }

  /** A run like another with another seed; null unless it finishes. */
  async function replicate(id: string, seed: number): Promise<string | null> {
    if (closing) return null;
    const made = await begin(() => prepareRerun(client, vaultDir, { id, seed }, 'replicate'));
    return (await ended.get(made.id)) === 'finished' ? made.id : null;
  }

  /** A rerun is compared with its original as soon as it has finished. */
  function judge(id: string): void {
    const verdict = verifyRerun(client, id, verifying.has(id) ? replicate : null);
    verdicts.set(id, verdict);
    // Whoever waits for it learns of a failure; nobody has to.
    verdict.catch(() => undefined);
  }

  /** A first run's trainer starts while the wish is checked. */
  async function begin(prepare: () => Promise<NewJob>): Promise<{ id: string }> {
    const trainer = jobs.length === 0 ? newTrainer() : null;
    try {
      return enqueue(await prepare(), trainer);
    } catch (error) {
      trainer?.discard();
      throw error;
    }
  }

  function enqueue(made: NewJob, trainer: Trainer | null): { id: string } {
    const job: Job = { ...made, trainer, running: false, stopReason: null, ended: Promise.withResolvers() };
    ended.set(job.id, job.ended.promise);
    jobs.push(job);
    polling ??= setInterval(poll, POLL_MS);
    void askForTurns();
    return { id: job.id };
  }

  function poll(): void {
    for (const { id } of jobs) {
      if (takeStopRequest(vaultDir, id) !== null) stopJob(id, 'Stopped from another window or command line.');
    }
    void askForTurns();
  }

  function askForTurns(): Promise<void> {
    asking ??= (async () => {
      for (const job of jobs.filter(({ running }) => !running)) await askForTurn(job);
    })().finally(() => {
      asking = null;
    });
    return asking;
  }

  async function askForTurn(job: Job): Promise<void> {
    const { id, claim, engine } = job;
    const turn = await client
      .call('internal.takeTurn', { id, claim, reportedMiB: engine.memoryMiB })
      // A vault that is busy or full: the next poll asks again.
      .catch(() => null);
    if (turn === null || job.stopReason !== null || !jobs.includes(job)) return;
    if (turn.granted) {
      job.running = true;
      job.trainer ??= newTrainer();
      void run(job, turn.cores);
      return;
    }
    job.trainer?.discard();
    job.trainer = null;
    tell({ type: 'waiting', id, place: turn.place, why: turn.why });
  }

  async function run(job: Job, cores: number): Promise<void> {
    const end = await trainJob(client, job, cores, tell, options.watch);
    await recordEnd(client, vaultDir, job.id, end, () => closing);
    leave(job);
    if (end.status === 'finished') judge(job.id);
    tell({ type: 'ended', id: job.id, status: end.status, reason: end.reason, code: end.code });
    job.ended.resolve(end.status);
    void askForTurns();
  }

  function leave(job: Job): void {
    jobs.splice(jobs.indexOf(job), 1);
    if (jobs.length > 0 || polling === null) return;
    clearInterval(polling);
    polling = null;
  }

  function stopJob(id: string, reason: string): boolean {
    const job = jobs.find((one) => one.id === id);
    if (job === undefined) return false;
    job.stopReason ??= reason;
    if (job.running) {
      job.trainer?.stop(reason);
      return true;
    }
    // A waiting run ends at once, whatever is before it in the queue.
    leave(job);
    job.trainer?.discard();
    void recordEnd(client, vaultDir, id, stopped(reason), () => closing).then(() => {
      tell({ type: 'ended', id, status: 'stopped', reason, code: null });
      job.ended.resolve('stopped');
    });
    return true;
  }

  return {
    start: (wish) => begin(() => prepareTraining(client, vaultDir, wish, null)),
    evaluate: (wish) => begin(() => prepareEvaluation(client, vaultDir, wish)),
    rerun,
    verdict: (id) => verdicts.get(id) ?? Promise.resolve(null),
    resume: (id) => begin(() => prepareResume(client, vaultDir, id)),
    async stop(id) {
      if (!stopJob(id, 'Stopped by hand.')) throw new AppError('RUN_NOT_RUNNING', 'That run is not training here.');
      await ended.get(id);
    },
    wait: (id) => ended.get(id) ?? Promise.reject(new AppError('RUN_NOT_RUNNING', 'That run was not started here.')),
    list: () =>
      jobs.map(({ id, running, trainer }) => ({
        id,
        status: running ? 'running' : 'queued',
        pid: running ? (trainer?.pid ?? null) : null,
      })),
    async close() {
      closing = true;
      for (const { id } of [...jobs].reverse()) stopJob(id, 'Stopped because the app was closed.');
      await Promise.all(ended.values());
      await Promise.allSettled(verdicts.values());
      await asking;
      if (polling) clearInterval(polling);
    },
  };
}
